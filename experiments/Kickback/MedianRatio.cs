using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Statistics;

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
    /// <param name="logarithms">Of the ratios, at least one.</param>
    public static MedianRatio Of(IReadOnlyList<double> logarithms)
    {
        Interval interval = MedianInterval.Of(logarithms);
        bool isKnown = interval != Interval.Unknown;
        return new MedianRatio(
            logarithms.Count,
            Math.Exp(logarithms.Median()),
            isKnown ? Math.Exp(interval.Low) : null,
            isKnown ? Math.Exp(interval.High) : null
        );
    }

    /// <inheritdoc/>
    public override string ToString() => Text(Median) + (Low is { } low ? $" [{Text(low)}, {Text(High!.Value)}]" : "");

    private static string Text(double ratio) =>
        ratio.ToString(ratio is < 0.01 or >= 100 ? "0e0" : "0.00", CultureInfo.InvariantCulture);
}
