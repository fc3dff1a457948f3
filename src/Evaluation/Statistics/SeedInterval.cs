using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Reproduction.Statistics;

/// <summary>The mean of one measure over seeds with its 95 % Student interval.</summary>
/// <param name="Count">n, the number of seeds.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="HalfWidth">t₀.₉₇₅(n − 1)·s/√n; not a number for a single seed.</param>
public sealed record SeedInterval(int Count, double Mean, double HalfWidth)
{
    /// <summary>
    /// Half the 95 % prediction interval: where one more seed is expected, t₀.₉₇₅(n − 1)·s·√(1 + 1/n) from the mean.
    /// </summary>
    public double PredictionHalfWidth => HalfWidth * Math.Sqrt(Count + 1);

    /// <summary>Whether there are seeds enough for an interval.</summary>
    public bool HasInterval => Count > 1;

    /// <param name="values">One a seed, at least one.</param>
    public static SeedInterval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfZero(values.Count);
        double halfWidth =
            values.Count < 2
                ? double.NaN
                : StudentT.InvCDF(0, 1, values.Count - 1, 0.975) * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new SeedInterval(values.Count, values.Mean(), halfWidth);
    }
}
