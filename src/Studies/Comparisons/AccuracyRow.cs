using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>The accuracy that a probe found in one run of a user's comparison.</summary>
/// <param name="Targets">See <see cref="RunSpec.Targets"/>.</param>
/// <param name="Live">The share of the first hidden layer's neurons that are live, in [0, 1].</param>
/// <param name="Divergence">Empty if the run finished; else what stopped being a finite number.</param>
[CsvRecord]
public sealed partial record AccuracyRow(
    string Rule,
    string Targets,
    int Width,
    long Seed,
    string RunId,
    double? TestAccuracy,
    double? ClassesNeverPredicted,
    double? Live,
    string? Divergence
)
{
    /// <summary>Whether the run stopped because a number was no longer finite.</summary>
    [CsvIgnore]
    public bool HasDiverged => !string.IsNullOrEmpty(Divergence);

    /// <summary>The row of a run.</summary>
    public static AccuracyRow Of(RunRecord record, string probe)
    {
        ArgumentNullException.ThrowIfNull(record);
        RunSpec spec = record.Spec;
        return new AccuracyRow(
            spec.Rule,
            spec.Targets,
            spec.Hidden[0],
            spec.Seed,
            record.RunId,
            record.Measure(MeasureNames.Probe(probe, "testAccuracy")),
            record.Measure(MeasureNames.Probe(probe, "classesNeverPredicted")),
            record.Measure(MeasureNames.Neurons("live")),
            record.Divergence
        );
    }
}
