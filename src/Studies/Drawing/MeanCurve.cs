using Reproduction.Figures;
using Reproduction.Statistics;

namespace Reproduction.Studies.Drawing;

/// <summary>Makes curves of means over seeds.</summary>
public static class MeanCurve
{
    /// <summary>
    /// Returns the mean at every point that has values (all above 0 on a logarithmic axis), with its 95 % interval if
    /// every point has more than one value.
    /// On a logarithmic axis, mean and interval are those of the logarithm.
    /// </summary>
    /// <param name="points">The place of each point, and the values of all seeds there.</param>
    public static Curve Of(
        string label,
        SeriesStyle style,
        IReadOnlyList<(double At, double[] Values)> points,
        bool isLogarithmic = false
    )
    {
        // A logarithmic axis has no place for 0.
        points =
        [
            .. points.Where(point =>
                point.Values.Length > 0 && (!isLogarithmic || point.Values.All(value => value > 0))
            ),
        ];
        double Out(double value) => isLogarithmic ? Math.Exp(value) : value;
        SeedInterval[] intervals =
        [
            .. points.Select(point =>
                SeedInterval.Of([.. point.Values.Select(value => isLogarithmic ? Math.Log(value) : value)])
            ),
        ];
        bool hasBand = intervals.All(interval => interval.HasInterval);
        return new Curve(
            label,
            style,
            [.. points.Select(point => point.At)],
            [.. intervals.Select(interval => Out(interval.Mean))],
            hasBand ? [.. intervals.Select(interval => Out(interval.Mean - interval.HalfWidth))] : null,
            hasBand ? [.. intervals.Select(interval => Out(interval.Mean + interval.HalfWidth))] : null
        );
    }
}
