using System.Globalization;

namespace Reproduction.Figures;

/// <summary>An axis on which equal differences have equal lengths.</summary>
internal sealed class LinearAxis : Axis
{
    private readonly double step;

    /// <param name="minimum">The smallest value of the data.</param>
    /// <param name="maximum">The largest value of the data; the axis ends there or at the next tick.</param>
    /// <param name="length">The length of the axis on paper.</param>
    /// <param name="extend">Whether the range grows to the ticks around it.</param>
    /// <param name="ticks">The approximate number of ticks.</param>
    public LinearAxis(double minimum, double maximum, double length, bool extend, int ticks)
        : base(length)
    {
        if (!(maximum > minimum))
        {
            double padding = minimum == 0 ? 1 : Math.Abs(minimum) * 0.1;
            (minimum, maximum) = (minimum - padding, minimum + padding);
        }

        step = RoundStep((maximum - minimum) / ticks);
        Minimum = extend ? Math.Floor((minimum / step) + 1e-9) * step : minimum;
        Maximum = extend ? Math.Ceiling((maximum / step) - 1e-9) * step : maximum;
    }

    /// <inheritdoc/>
    public override double Minimum { get; }

    /// <inheritdoc/>
    public override double Maximum { get; }

    /// <inheritdoc/>
    public override IEnumerable<(double Value, string Text)> Ticks()
    {
        int decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        for (double k = Math.Ceiling((Minimum / step) - 1e-9); k * step <= Maximum + (step * 1e-6); k++)
        {
            double value = (k * step) + 0.0; // no negative zero
            yield return (value, value.ToString(format, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Returns the smallest step that is 1, 2 or 5 times a power of ten and at least the given step.</summary>
    private static double RoundStep(double raw)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double leading = raw / power;
        return power
            * (
                leading <= 1 ? 1
                : leading <= 2 ? 2
                : leading <= 5 ? 5
                : 10
            );
    }
}
