using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>
/// A rule's run and the run of random projections that it is held against: the same seed, the same network.
/// </summary>
/// <param name="Rule">The rule's name in tables.</param>
/// <param name="Width">Units of the layer that is probed.</param>
/// <param name="Learned">The record of the rule's run.</param>
/// <param name="Random">The record of the same network untrained.</param>
public sealed record Contest(string Rule, int Width, RunRecord Learned, RunRecord Random)
{
    /// <summary>Whether neither run diverged, so that both have features under the probe.</summary>
    public bool HasBoth(string probe) => Learned.Correct.ContainsKey(probe) && Random.Correct.ContainsKey(probe);
}
