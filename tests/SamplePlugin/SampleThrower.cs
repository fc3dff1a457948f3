using Reproduction.Network;

namespace SamplePlugin;

/// <summary>A rule that breaks down at its first step.</summary>
[LearningRule("sample-thrower", Summary = "Breaks down at its first step.", Family = "sample", Source = "none")]
public sealed class SampleThrower : LearningRule<object>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    protected override object CreateState(FeedForwardNetwork network) => new();

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, object state, Proposal proposal)
    {
        throw new InvalidOperationException("boom");
    }
}
