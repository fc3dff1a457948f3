using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies;

/// <summary>The size of an experiment: its data set, profile and seeds.</summary>
/// <param name="DataSet">The data set's id.</param>
/// <param name="Profile">How much computing the experiment may cost.</param>
/// <param name="Seeds">The seeds; every arm is run once per seed.</param>
/// <param name="Rules">The catalog in which rules are found.</param>
public sealed record ExperimentPlan(string DataSet, Profile Profile, IReadOnlyList<long> Seeds, RuleCatalog Rules)
{
    /// <summary>The largest number of seeds that one command takes.</summary>
    public const int MostSeeds = 1000;

    /// <summary>The plugins' rules that take part.</summary>
    public IReadOnlyList<RuleDescription> Plugged { get; init; } = [.. Rules.Plugged];

    /// <summary>The suite's own rules, without the gallery's, and those of <see cref="Plugged"/>.</summary>
    public IEnumerable<RuleDescription> AllRules =>
        Rules.Rules.Where(rule =>
            Plugged.Contains(rule) || !(Rules.Plugged.Contains(rule) || Rules.IsOfGallery(rule.Id))
        );

    /// <summary>The number of training samples of the data set.</summary>
    public int TrainingSamples { get; init; } = 12_000;

    /// <summary>The finished runs of all searches, by run id.</summary>
    public IReadOnlyDictionary<string, RunRecord> Searched { get; init; } = new Dictionary<string, RunRecord>();

    /// <summary>Returns the first seeds, for runs that cost much or vary little.</summary>
    public IEnumerable<long> First(int count) => Seeds.Take(count);

    /// <summary>
    /// Returns the widths that the profile can afford: all in the paper profile, those up to a limit in the quick one.
    /// </summary>
    public IEnumerable<int> Affordable(IEnumerable<int> widths, int quickLimit) =>
        widths.Where(width => Profile == Profile.Paper || width <= quickLimit);

    /// <summary>
    /// The <see cref="RunSpec.Limit"/> of runs that see all training samples in the paper profile: none there, 12,000
    /// samples in the quick profile.
    /// </summary>
    public int SampleLimit => Profile == Profile.Paper ? 0 : 12_000;
}
