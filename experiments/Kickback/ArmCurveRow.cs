using CsvHelper;

namespace Reproduction.Experiments.Kickback;

/// <summary>One point of a curve of a run of an arm.</summary>
/// <param name="Step">Training steps taken.</param>
[CsvRecord]
internal sealed partial record ArmCurveRow(
    KickbackArm Arm,
    double LearningRate,
    long Seed,
    string Curve,
    int Step,
    double Value
) : ISeeded
{
    /// <summary>The row of a point of a run's curve.</summary>
    public static ArmCurveRow Of(MeasuredRun<KickbackArm> run, string curve, int step, double value) =>
        new(run.Arm, run.Spec.LearningRate, run.Seed, curve, step, value);
}
