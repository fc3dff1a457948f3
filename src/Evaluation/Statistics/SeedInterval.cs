using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace Reproduction.Statistics;

/// <summary>The mean of one measure over seeds, with its 95 % interval by Student's t.</summary>
/// <param name="Count">The number of seeds, n.</param>
/// <param name="Mean">The mean over seeds.</param>
/// <param name="HalfWidth">Half the width of the interval, t₀.₉₇₅(n − 1)·s/√n; not a number for a single seed.</param>
public sealed record SeedInterval(int Count, double Mean, double HalfWidth)
{
    /// <summary>
    /// Half the width of the 95 % prediction interval, in which one more seed is expected: t₀.₉₇₅(n − 1)·s·√(1 + 1/n)
    /// from the mean.
    /// </summary>
    public double PredictionHalfWidth => HalfWidth * Math.Sqrt(Count + 1);

    /// <summary>Whether there are enough seeds for an interval, that is, at least two.</summary>
    public bool HasInterval => Count > 1;

    /// <param name="values">One value per seed, at least one.</param>
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
