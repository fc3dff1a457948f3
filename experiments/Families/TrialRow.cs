using CsvHelper;

namespace Reproduction.Experiments.Families;

/// <summary>A trial of a learning rate.</summary>
/// <param name="ValidationAccuracy">
/// The accuracy on validation samples of the probe on the last hidden layer, which decides; null if the trial diverged.
/// </param>
[CsvRecord]
internal sealed partial record TrialRow(RunRow Run, double? ValidationAccuracy) : ISeeded
{
    /// <inheritdoc/>
    [CsvIgnore]
    public long Seed => Run.Seed;

    /// <summary>The row of a trial.</summary>
    public static TrialRow Of(MeasuredRun<string> run) =>
        new(RunRow.Of(run.Arm, run.Record), LearningRuns.ValidationAccuracy(run.Record));
}
