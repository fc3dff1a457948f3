namespace Reproduction.Evaluation.Probes;

/// <summary>Features of the training split: what a probe may fit and select on.</summary>
public sealed record TrainingFeatures(Features All)
{
    private const int LargestValidation = 10_000;

    /// <summary>
    /// How many samples, from the first, are left to fit on while the rest, the last 10,000 or the last sixth of a
    /// smaller set, selects.
    /// </summary>
    public int FitCount => FitCountOf(All.Count);

    /// <summary>The samples to select on.</summary>
    public Features Validation => All.Range(FitCount, All.Count);

    /// <inheritdoc cref="FitCount"/>
    public static int FitCountOf(int count) => count - Math.Min(LargestValidation, Math.Max(1, count / 6));
}
