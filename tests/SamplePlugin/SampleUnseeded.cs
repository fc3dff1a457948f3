using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace SamplePlugin;

/// <summary>A rule that draws numbers of its own, so that no seed repeats it.</summary>
[LearningRule("sample-unseeded", Summary = "Draws its own numbers.", Family = "sample", Source = "none")]
public sealed class SampleUnseeded : LearningRule<object>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    protected override object CreateState(FeedForwardNetwork network, RandomStreams random) => new();

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, object state, Proposal proposal) =>
        proposal.For(0).Weights.MapInplace(_ => (float)Random.Shared.NextDouble(), Zeros.Include);
}
