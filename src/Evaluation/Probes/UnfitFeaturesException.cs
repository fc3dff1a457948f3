namespace Reproduction.Evaluation.Probes;

/// <summary>
/// A probe cannot be fitted to features, though they are finite: they differ by so many orders of magnitude that its
/// sums are not finite, or lose all their digits. The run counts as diverged.
/// </summary>
public sealed class UnfitFeaturesException : Exception
{
    /// <summary>Says that second moments with the largest penalty cannot be factorised.</summary>
    public UnfitFeaturesException()
        : this(
            "features of the last training samples, or single ones, are so much larger than the others that no "
                + "classifier can be fitted to them"
        ) { }

    public UnfitFeaturesException(string message)
        : base(message) { }

    public UnfitFeaturesException(string message, Exception innerException)
        : base(message, innerException) { }
}
