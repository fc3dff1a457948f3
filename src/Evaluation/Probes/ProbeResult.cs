namespace Reproduction.Evaluation;

/// <summary>What a probe found.</summary>
/// <param name="TestAccuracy">The share of test samples classified right, in [0, 1].</param>
/// <param name="PredictedCounts">Test samples given each class.</param>
/// <param name="Details">What the probe chose on the way, by name.</param>
/// <param name="TrainingLoss">The loss while it was fitted; empty for a closed form.</param>
public sealed record ProbeResult(double TestAccuracy, int[] PredictedCounts, IReadOnlyDictionary<string, double> Details, Series TrainingLoss)
{
    public int ClassesNeverPredicted => PredictedCounts.Count(count => count == 0);
}
