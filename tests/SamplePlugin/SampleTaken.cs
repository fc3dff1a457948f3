using Reproduction.Network;
using Reproduction.Numerics;

namespace SamplePlugin;

/// <summary>A rule whose id is already taken.</summary>
[LearningRule("backprop", Summary = "Carries an id that is taken.", Family = "sample", Source = "none")]
public sealed class SampleTaken : LearningRule<object>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    protected override object CreateState(FeedForwardNetwork network, RandomStreams random) => new();

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, object state, Proposal proposal)
    {
        _ = proposal;
    }
}
