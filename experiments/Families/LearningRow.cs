using CsvHelper;

namespace Reproduction.Experiments.Families;

/// <summary>What a probe found on one hidden layer of one run.</summary>
/// <param name="Layer">The layer: hidden1, …</param>
/// <param name="RandomRunId">The untrained network that the run is compared with; empty for one itself.</param>
/// <param name="TestAccuracy">Accuracy of the network's own output; empty for a rule that does not train it.</param>
/// <param name="ProbeAccuracy">Accuracy of the probe on the layer.</param>
/// <param name="Penalty">λ, which the probe chose on validation samples.</param>
/// <param name="PenaltyAtEdge">1 if λ is the smallest or largest that was tried; else 0.</param>
[CsvRecord]
internal sealed partial record LearningRow(
    RunRow Run,
    string Layer,
    string? RandomRunId,
    double? TestAccuracy,
    double? ProbeAccuracy,
    double? Penalty,
    double? PenaltyAtEdge
) : ISeeded
{
    /// <inheritdoc/>
    [CsvIgnore]
    public long Seed => Run.Seed;

    /// <summary>The rows of a run, one per hidden layer.</summary>
    /// <param name="random">The id of the run that it is compared with; null for random projections.</param>
    public static IEnumerable<LearningRow> Of(string arm, MeasuredRun run, string? random)
    {
        int layers = run.Spec.Hidden.Length;
        return from layer in Enumerable.Range(1, layers)
            let probe = MeasureNames.ProbeOn(LearningRuns.Probe, layer, layers)
            select new LearningRow(
                RunRow.Of(arm, run.Record),
                MeasureNames.Layer(layer - 1, layers + 1),
                random,
                run.Measure(MeasureNames.TestAccuracy),
                run.Measure(MeasureNames.Probe(probe, "testAccuracy")),
                run.Measure(MeasureNames.Probe(probe, "penalty")),
                run.Measure(MeasureNames.Probe(probe, "penaltyAtEdge"))
            );
    }
}
