using Reproduction.Evaluation;

namespace Reproduction.Experiments;

/// <summary>How large an experiment is to be.</summary>
/// <param name="DataSet">The data set's id.</param>
/// <param name="Seeds">One run of everything a seed.</param>
/// <param name="Rules">Where rules are found.</param>
public sealed record ExperimentPlan(string DataSet, IReadOnlyList<long> Seeds, RuleCatalog Rules)
{
    /// <summary>The first seeds, for what costs much or varies little.</summary>
    public IEnumerable<long> First(int count) => Seeds.Take(count);
}
