using Reproduction.Network;
using Reproduction.Numerics;

namespace SamplePlugin;

/// <summary>A rule that proposes a matrix of a wrong shape.</summary>
[LearningRule("sample-shape", Summary = "Proposes a matrix of a wrong shape.", Family = "sample", Source = "none")]
public sealed class SampleShape : LearningRule<object>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    protected override object CreateState(FeedForwardNetwork network, RandomStreams random) => new();

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, object state, Proposal proposal)
    {
        MathNet.Numerics.LinearAlgebra.Matrix<float>.Build.Dense(3, 3).CopyTo(proposal.For(0).Weights);
    }
}
