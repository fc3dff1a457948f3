using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.Evaluation.Probes;

/// <summary>The result of a probe.</summary>
/// <param name="Predictions">The predictions for the test samples.</param>
/// <param name="Details">The values that fitting chose or reached, such as the penalty, by name.</param>
/// <param name="TrainingLoss">The training loss over the fit; empty for a closed form.</param>
public sealed record ProbeResult(
    Predictions Predictions,
    IReadOnlyDictionary<string, double> Details,
    Series TrainingLoss
)
{
    /// <summary>
    /// Null if the probe finished, else what stopped being a finite number; then there is no accuracy.
    /// </summary>
    public string? Divergence { get; init; }

    /// <summary>The share of test samples that are classified correctly, in [0, 1].</summary>
    public double TestAccuracy => Predictions.Accuracy;

    public int ClassesNeverPredicted => Predictions.Counts.Count(count => count == 0);
}
