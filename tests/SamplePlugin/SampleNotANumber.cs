using Reproduction.Network;
using Reproduction.Numerics;

namespace SamplePlugin;

/// <summary>A rule that proposes a value that is not a number.</summary>
[LearningRule("sample-nan", Summary = "Proposes what is no number.", Family = "sample", Source = "none")]
public sealed class SampleNotANumber : LearningRule<object>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    protected override object CreateState(FeedForwardNetwork network, RandomStreams random) => new();

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, object state, Proposal proposal)
    {
        proposal.For(0).Weights[0, 0] = float.NaN;
    }
}
