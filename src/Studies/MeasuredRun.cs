using Reproduction.Evaluation.Records;

namespace Reproduction.Studies;

/// <summary>A finished run with the label under which it was planned.</summary>
/// <param name="Role">The part that the run plays.</param>
/// <param name="Record">What the run measured; a diverged run has no measures.</param>
public abstract record MeasuredRun(RunRole Role, RunRecord Record)
{
    public RunSpec Spec => Record.Spec;

    public long Seed => Record.Spec.Seed;

    public string RunId => Record.RunId;

    /// <summary>Whether the run stopped because a number was no longer finite.</summary>
    public bool HasDiverged => Record.Divergence is not null;

    /// <summary>The measure, or null if the run does not have it.</summary>
    public double? Measure(string name) => Record.Measure(name);
}

/// <inheritdoc/>
/// <typeparam name="TArm">How the experiment names its arms.</typeparam>
/// <param name="Arm">The side of the comparison that the run belongs to.</param>
public sealed record MeasuredRun<TArm>(TArm Arm, RunRole Role, RunRecord Record) : MeasuredRun(Role, Record);
