using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// One arm's error over another's, paired by seed: the median, which one or two dead networks do not move, with its
/// order-statistic interval.
/// </summary>
/// <param name="Seeds">How many pairs.</param>
/// <param name="Median">Of the ratios.</param>
/// <param name="Low">Of the interval with a level of at least 95 %; null with fewer than six pairs.</param>
/// <param name="High">Its upper end.</param>
internal sealed record MedianRatio(int Seeds, double Median, double? Low, double? High)
{
    private const double Level = 0.05;

    /// <param name="logarithms">Of the ratios, at least one.</param>
    public static MedianRatio Of(IReadOnlyList<double> logarithms)
    {
        double[] sorted = [.. logarithms.Order()];

        // The r-th smallest and the r-th largest hold the median between them unless fewer than r pairs lie on one side
        // of it.
        int rank = 0;
        while (2 * Binomial.CDF(0.5, sorted.Length, rank) <= Level)
        {
            rank++;
        }

        return new MedianRatio(
            sorted.Length,
            Math.Exp(sorted.Median()),
            rank > 0 ? Math.Exp(sorted[rank - 1]) : null,
            rank > 0 ? Math.Exp(sorted[^rank]) : null
        );
    }

    /// <inheritdoc/>
    public override string ToString() => Text(Median) + (Low is { } low ? $" [{Text(low)}, {Text(High!.Value)}]" : "");

    private static string Text(double ratio) =>
        ratio.ToString(ratio is < 0.01 or >= 100 ? "0e0" : "0.00", CultureInfo.InvariantCulture);
}
