using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.Evaluation.Probes;

/// <summary>What a probe found.</summary>
/// <param name="TestAccuracy">The share of test samples classified right, in [0, 1].</param>
/// <param name="Predictions">Of the test samples.</param>
/// <param name="Details">What the probe chose on the way, by name.</param>
/// <param name="TrainingLoss">The loss while it was fitted; empty for a closed form.</param>
public sealed record ProbeResult(
    double TestAccuracy,
    Predictions Predictions,
    IReadOnlyDictionary<string, double> Details,
    Series TrainingLoss
)
{
    /// <summary>
    /// Null if the probe came to its end; else what stopped being a finite number. There is no accuracy then.
    /// </summary>
    public string? Divergence { get; init; }

    public int ClassesNeverPredicted => Predictions.Counts.Count(count => count == 0);
}
