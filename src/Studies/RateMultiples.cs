using System.Globalization;

namespace Reproduction.Studies;

/// <summary>Multiples of a learning rate, or of another setting, as they are tried in a search.</summary>
public static class RateMultiples
{
    /// <summary>Returns a multiple without the last digits of rounding, so that .05 times 3 is .15.</summary>
    public static double Of(double value, double factor) =>
        factor == 1
            ? value
            : double.Parse(
                (value * factor).ToString("G12", CultureInfo.InvariantCulture),
                CultureInfo.InvariantCulture
            );
}
