using System.Globalization;

namespace Reproduction.Figures;

/// <summary>
/// An axis on which equal ratios have equal lengths. Ticks are at powers of ten, and also between them if the range is
/// short.
/// </summary>
internal sealed class LogarithmicAxis : Axis
{
    private const int MostTicks = 7;

    /// <param name="minimum">The smallest value of the data, &gt; 0.</param>
    /// <param name="maximum">The largest value of the data.</param>
    /// <param name="length">The length of the axis on paper.</param>
    public LogarithmicAxis(double minimum, double maximum, double length)
        : base(length)
    {
        // The axis covers at least a factor of two around the middle of the data.
        double low = Math.Log10(minimum),
            high = Math.Log10(maximum),
            missing = Math.Max(0, Math.Log10(2) - (high - low));
        (Minimum, Maximum) = (low - (missing / 2), high + (missing / 2));
    }

    /// <inheritdoc/>
    public override double Minimum { get; }

    /// <inheritdoc/>
    public override double Maximum { get; }

    /// <inheritdoc/>
    public override IEnumerable<(double Value, string Text)> Ticks()
    {
        int first = (int)Math.Floor(Minimum),
            last = (int)Math.Ceiling(Maximum),
            stride = 1 + ((last - first) / MostTicks);
        double[] leading = (Maximum - Minimum) switch
        {
            > 2 => [1],
            > 0.8 => [1, 2, 5],
            > 0.4 => [1, 1.5, 2, 3, 4, 5, 7],
            _ => [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9],
        };
        return from power in Enumerable.Range(first, last - first + 1)
            where power % stride == 0
            from digit in leading
            let value = digit * Math.Pow(10, power)
            where Measure(value) >= Minimum - 1e-9 && Measure(value) <= Maximum + 1e-9
            select (value, Text(value));
    }

    /// <inheritdoc/>
    public override double Measure(double value) => Math.Log10(value);

    private static string Text(double value) =>
        value is >= 0.001 and < 10_000
            ? value.ToString("0.####", CultureInfo.InvariantCulture)
            : value.ToString("0e0", CultureInfo.InvariantCulture);
}
