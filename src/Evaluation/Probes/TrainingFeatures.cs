namespace Reproduction.Evaluation.Probes;

/// <summary>Features of the training split, on which a probe may fit and select.</summary>
public sealed record TrainingFeatures(Features All)
{
    private const int LargestValidation = 10_000;

    /// <summary>
    /// The number of samples to fit on, from the first. The remaining samples are for selection: the last 10,000 or the
    /// last sixth, whichever is fewer.
    /// </summary>
    public int FitCount => FitCountOf(All.Count);

    /// <summary>The samples on which probes select.</summary>
    public Features Validation => All.Range(FitCount, All.Count);

    /// <inheritdoc cref="FitCount"/>
    public static int FitCountOf(int count) => count - Math.Min(LargestValidation, Math.Max(1, count / 6));
}
