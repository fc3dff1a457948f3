using MathNet.Numerics.Distributions;

namespace Reproduction.Statistics;

/// <summary>The interval of a median by order statistics, which one or two outliers do not move.</summary>
public static class MedianInterval
{
    /// <summary>
    /// The r-th smallest and the r-th largest of n values hold the median between them unless fewer than r values lie
    /// on one side of it: with probability 1 − 2·F(r − 1), F being the binomial distribution with n and one half. r is
    /// the largest for which that is at least the level; unknown if there is none, as below six values at 95 %.
    /// </summary>
    public static Interval Of(IReadOnlyList<double> values, double level = Effect.Level)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values.Order()];
        int rank = 0;
        while (2 * Binomial.CDF(0.5, sorted.Length, rank) <= 1 - level)
        {
            rank++;
        }

        return rank > 0 ? new Interval(sorted[rank - 1], sorted[^rank]) : Interval.Unknown;
    }
}
