using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace Reproduction.Figures;

/// <summary>The ticks of axes: ScottPlot's where it has them, with the signs that print uses.</summary>
internal static class AxisText
{
    // Below this many decades, ticks stand between the powers of ten too.
    private const double ManyDecades = 3;
    private const double FewDecades = 1;
    private const int MostTicks = 7;

    /// <summary>Ticks at round numbers.</summary>
    public static NumericAutomatic Linear() => new() { LabelFormatter = Number, TargetTickCount = 6 };

    /// <summary>Ticks on an axis of common logarithms, at round numbers of what they stand for.</summary>
    /// <param name="low">The axis' lower end, a logarithm.</param>
    /// <param name="high">The axis' upper end, a logarithm.</param>
    public static ITickGenerator Logarithmic(double low, double high)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high))
        {
            return new EmptyTickGenerator();
        }

        double[] leading = (high - low) switch
        {
            > ManyDecades => [1],
            > FewDecades => [1, 2, 5],
            _ => [1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9],
        };
        int first = (int)Math.Floor(low),
            last = (int)Math.Ceiling(high),
            stride = 1 + ((last - first) / MostTicks);
        NumericManual ticks = new();
        int seen = 0;
        for (int decade = first; decade <= last; decade++)
        {
            for (int digit = 1; digit < 10; digit++)
            {
                ticks.AddMinor(decade + Math.Log10(digit));
            }

            foreach (double digit in decade % stride == 0 ? leading : [])
            {
                double at = decade + Math.Log10(digit);
                ticks.AddMajor(at, Power(digit, decade));
                seen += at >= low && at <= high ? 1 : 0;
            }
        }

        // A short axis may lie between two of them.
        return seen > 1
            ? ticks
            : new NumericAutomatic { LabelFormatter = at => Number(Rounded(Math.Pow(10, at))), TargetTickCount = 5 };
    }

    /// <summary>A number with a minus sign instead of a hyphen.</summary>
    public static string Number(double value) =>
        Math.Abs(value) is >= 1e6 or (< 1e-4 and > 0)
            ? Power(value / Math.Pow(10, Decade(value)), Decade(value))
            : (Math.Round(value, 6) + 0.0).ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static int Decade(double value) => (int)Math.Floor(Math.Log10(Math.Abs(value)) + 1e-9);

    /// <summary>digit · 10^decade: written out where that is short, else with a raised exponent.</summary>
    private static string Power(double digit, int decade)
    {
        if (decade is >= -3 and <= 4)
        {
            return (digit * Math.Pow(10, decade)).ToString("0.######", CultureInfo.InvariantCulture).Replace('-', '−');
        }

        string exponent = string.Concat(decade.ToString(CultureInfo.InvariantCulture).Select(Raised)),
            factor = digit.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−');
        return digit == 1 ? $"10{exponent}" : $"{factor}·10{exponent}";
    }

    private static char Raised(char digit) => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0'];
}
