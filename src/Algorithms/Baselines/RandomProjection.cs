using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Baselines;

/// <summary>The untrained network, which every rule is compared with. It proposes no change.</summary>
[LearningRule(
    "random",
    Summary = "no learning: random projections",
    Family = "baseline",
    Source = "the network as it was drawn",
    Epochs = 0
)]
public sealed class RandomProjection : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public Locality Locality => Locality.Layer;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal) { }
}
