namespace Reproduction.Evaluation.Training;

/// <summary>How a training ended.</summary>
/// <param name="Steps">Number of steps taken; one batch per step.</param>
/// <param name="Divergence">Null if all went well; else what stopped being a finite number, in words.</param>
public sealed record TrainingOutcome(int Steps, string? Divergence)
{
    /// <summary>
    /// The multiply-adds of all products of matrices for a sample in one pass; null if there was no step. Observers do
    /// not count.
    /// </summary>
    public double? MultiplyAddsPerSample { get; init; }
}
