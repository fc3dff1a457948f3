using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Results;

/// <summary>
/// The accuracies of one run, and that of a probe on its hidden layer, in [0, 1], with the probe's λ and whether it is
/// the smallest or largest that was tried; empty where the run has none.
/// </summary>
[CsvRecord]
public sealed partial record ProbedRow(
    RunRow Run,
    double? ValidationAccuracy,
    double? TestAccuracy,
    double? ProbeAccuracy,
    double? Penalty,
    double? PenaltyAtEdge
) : ISeeded
{
    /// <inheritdoc/>
    [CsvIgnore]
    public long Seed => Run.Seed;

    /// <summary>The row of a run.</summary>
    /// <param name="arm">The name of the arm that the run belongs to.</param>
    public static ProbedRow Of(string arm, RunRecord record, string probe)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new ProbedRow(
            RunRow.Of(arm, record),
            record.Measure(MeasureNames.ValidationAccuracy),
            record.Measure(MeasureNames.TestAccuracy),
            record.Measure(MeasureNames.Probe(probe, "testAccuracy")),
            record.Measure(MeasureNames.Probe(probe, "penalty")),
            record.Measure(MeasureNames.Probe(probe, "penaltyAtEdge"))
        );
    }

    /// <summary>The rows of a table by arm.</summary>
    public static ArmRuns<ProbedRow> ByArm(IReadOnlyList<ProbedRow> rows) => new(rows, row => row.Run);
}
