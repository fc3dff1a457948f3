using System.Globalization;

namespace Reproduction.Studies.Drawing;

/// <summary>Places the ticks of an axis of common logarithms.</summary>
public static class DecadeTicks
{
    /// <summary>
    /// Returns the powers of ten between two logarithms, and twice and five times them where there are few.
    /// </summary>
    public static IReadOnlyList<(double At, string Text)> Of(double low, double high)
    {
        int[] steps = high - low > 2 ? [1] : [1, 2, 5];
        return
        [
            .. from decade in Enumerable.Range((int)Math.Floor(low), (int)Math.Ceiling(high) - (int)Math.Floor(low) + 1)
            from step in steps
            let at = decade + Math.Log10(step)
            where at >= low - 1e-9 && at <= high + 1e-9
            select (
                at,
                decade is >= -5 and <= 4
                    ? (step * Math.Pow(10, decade)).ToString("0.#####", CultureInfo.InvariantCulture)
                    : $"{step}e{decade}"
            ),
        ];
    }
}
