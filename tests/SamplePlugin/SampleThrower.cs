using Reproduction.Network;
using Reproduction.Numerics;

namespace SamplePlugin;

/// <summary>A rule that breaks down at its first step, or never comes back from it.</summary>
[LearningRule("sample-thrower", Summary = "Breaks down at its first step.", Family = "sample", Source = "none")]
public sealed class SampleThrower(SampleThrowerOptions options) : LearningRule<object>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    protected override object CreateState(FeedForwardNetwork network, RandomStreams random) => new();

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, object state, Proposal proposal)
    {
        if (options.Endless)
        {
            File.WriteAllText("endless", "");
            Thread.Sleep(Timeout.Infinite);
        }

        throw new InvalidOperationException("boom");
    }
}

/// <summary>Options of <see cref="SampleThrower"/>.</summary>
public sealed record SampleThrowerOptions
{
    /// <summary>Whether the first step never ends.</summary>
    [RuleOption("whether the first step never ends")]
    public bool Endless { get; init; }
}
