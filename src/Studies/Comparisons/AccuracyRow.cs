using CsvHelper;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Comparisons;

/// <summary>The accuracy that a probe found on one layer of one run of a comparison.</summary>
/// <param name="Arm">The arm; "random" for an untrained network.</param>
/// <param name="Hidden">Units of the hidden layers, separated by spaces.</param>
/// <param name="Probe">The probe's name as records have it, with the layer where it is not the last.</param>
/// <param name="RandomRunId">The untrained network that the run is compared with; empty for one itself.</param>
/// <param name="Penalty">λ, which the probe chose on validation samples; empty for the published probe.</param>
/// <param name="PenaltyAtEdge">1 if λ is the smallest or largest that was tried, so that a better one may lie beyond;
/// else 0.</param>
/// <param name="Live">The share of the first hidden layer's neurons that are live, in [0, 1].</param>
/// <param name="Divergence">Empty if the run finished; else what stopped being a finite number.</param>
[CsvRecord]
public sealed partial record AccuracyRow(
    string Arm,
    string Targets,
    string Hidden,
    string Probe,
    long Seed,
    string RunId,
    string? RandomRunId,
    double? TestAccuracy,
    double? Penalty,
    double? PenaltyAtEdge,
    double? ClassesNeverPredicted,
    double? Live,
    string? Divergence
)
{
    /// <summary>Whether the run is one of random projections.</summary>
    [CsvIgnore]
    public bool IsUntrained => string.IsNullOrEmpty(RandomRunId);

    /// <summary>The row of a run.</summary>
    /// <param name="arm">The name of its arm.</param>
    /// <param name="random">The id of the run that it is compared with; null for random projections.</param>
    public static AccuracyRow Of(string arm, RunRecord record, string? random, string probe)
    {
        ArgumentNullException.ThrowIfNull(record);
        RunSpec spec = record.Spec;
        return new AccuracyRow(
            arm,
            spec.Targets,
            string.Join(' ', spec.Hidden),
            probe,
            spec.Seed,
            record.RunId,
            random,
            record.Measure(MeasureNames.Probe(probe, "testAccuracy")),
            record.Measure(MeasureNames.Probe(probe, "penalty")),
            record.Measure(MeasureNames.Probe(probe, "penaltyAtEdge")),
            record.Measure(MeasureNames.Probe(probe, "classesNeverPredicted")),
            record.Measure(MeasureNames.Neurons("live")),
            record.Divergence
        );
    }
}
