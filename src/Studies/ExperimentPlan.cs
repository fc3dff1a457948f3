using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies;

/// <summary>How large an experiment is to be.</summary>
/// <param name="DataSet">The data set's id.</param>
/// <param name="Profile">How much it may cost.</param>
/// <param name="Seeds">One run of everything a seed.</param>
/// <param name="Rules">Where rules are found.</param>
public sealed record ExperimentPlan(string DataSet, Profile Profile, IReadOnlyList<long> Seeds, RuleCatalog Rules)
{
    /// <summary>The largest number of seeds that one command takes.</summary>
    public const int MostSeeds = 1000;

    /// <summary>The rules of plugins that take part.</summary>
    public IReadOnlyList<RuleDescription> Plugged { get; init; } = [.. Rules.Plugged];

    /// <summary>The suite's own rules and those.</summary>
    public IEnumerable<RuleDescription> AllRules =>
        Rules.Rules.Where(rule => Plugged.Contains(rule) || !Rules.Plugged.Contains(rule));

    /// <summary>How many training samples the data set has.</summary>
    public int TrainingSamples { get; init; } = 12_000;

    /// <summary>The finished runs of all searches, by run id.</summary>
    public IReadOnlyDictionary<string, RunRecord> Searched { get; init; } = new Dictionary<string, RunRecord>();

    /// <summary>The first seeds, for what costs much or varies little.</summary>
    public IEnumerable<long> First(int count) => Seeds.Take(count);

    /// <summary>
    /// Those of some widths that the profile can pay for: all, or in the quick one those up to a limit.
    /// </summary>
    public IEnumerable<int> Affordable(IEnumerable<int> widths, int quickLimit) =>
        widths.Where(width => Profile == Profile.Paper || width <= quickLimit);
}
