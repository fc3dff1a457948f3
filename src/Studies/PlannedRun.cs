using Reproduction.Evaluation.Records;

namespace Reproduction.Studies;

/// <summary>A run that an experiment needs, with its label. The label is not part of the run's identity.</summary>
/// <param name="Role">The part that the run plays.</param>
/// <param name="Spec">What is run.</param>
public abstract record PlannedRun(RunRole Role, RunSpec Spec)
{
    /// <summary>Puts the label of this planned run on the record of the finished run.</summary>
    public abstract MeasuredRun Measured(RunRecord record);
}

/// <inheritdoc/>
/// <typeparam name="TArm">How the experiment names its arms; equal values are the same arm.</typeparam>
/// <param name="Arm">The side of the comparison that the run belongs to.</param>
public sealed record PlannedRun<TArm>(TArm Arm, RunRole Role, RunSpec Spec) : PlannedRun(Role, Spec)
{
    /// <inheritdoc/>
    public override MeasuredRun Measured(RunRecord record) => new MeasuredRun<TArm>(Arm, Role, record);
}
