using System.Globalization;
using Reproduction.Statistics;

namespace Reproduction.Studies.Drawing;

/// <summary>How measured values are spelled in tables.</summary>
public static class Cells
{
    /// <summary>What stands where nothing was run.</summary>
    public const string NotRun = "–";

    /// <summary>
    /// "mean ± half width" over the seeds that came to their end, and what a reader must know of the others.
    /// </summary>
    public static string Mean(IReadOnlyList<double?> values, int decimals)
    {
        double[] finished = [.. values.OfType<double>()];
        if (values.Count == 0)
        {
            return NotRun;
        }

        if (finished.Length == 0)
        {
            return "diverged";
        }

        SeedInterval interval = SeedInterval.Of(finished);
        string half = interval.HasInterval ? $" ± {Number(interval.HalfWidth, decimals)}" : "";
        return Number(interval.Mean, decimals) + half + Missing(values);
    }

    /// <summary>The same of values that are all there.</summary>
    public static string Mean(IReadOnlyList<double> values, int decimals) =>
        Mean([.. values.Select(value => (double?)value)], decimals);

    /// <summary>How many runs diverged, if any.</summary>
    public static string Missing(IReadOnlyList<double?> values)
    {
        int finished = values.OfType<double>().Count();
        return finished < values.Count ? $" ({finished} of {values.Count} runs, the others diverged)" : "";
    }

    public static string Number(double value, int decimals) =>
        value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    /// <summary>With its sign; what rounds to 0 has none.</summary>
    public static string Signed(double value, int decimals)
    {
        double rounded = Math.Round(value, decimals) + 0.0;
        return (rounded > 0 ? "+" : "") + Number(rounded, decimals).Replace('-', '−');
    }
}
