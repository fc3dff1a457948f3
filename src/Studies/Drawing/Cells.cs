using System.Globalization;
using Reproduction.Statistics;

namespace Reproduction.Studies.Drawing;

/// <summary>Writes measured values as the cells of tables.</summary>
public static class Cells
{
    /// <summary>The cell where nothing was run.</summary>
    public const string NotRun = "–";

    /// <summary>
    /// Returns "mean ± half width" over the seeds that finished, followed by the number of those that diverged.
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

    /// <summary>Returns "mean ± half width" of values none of which is missing.</summary>
    public static string Mean(IReadOnlyList<double> values, int decimals) =>
        Mean([.. values.Select(value => (double?)value)], decimals);

    /// <summary>Returns the number of diverged runs in words; empty if there are none.</summary>
    public static string Missing(IReadOnlyList<double?> values)
    {
        int finished = values.OfType<double>().Count();
        return finished < values.Count ? $" ({finished} of {values.Count} runs, the others diverged)" : "";
    }

    /// <summary>"1 seed", "10 seeds".</summary>
    public static string Seeds(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} seed{(count == 1 ? "" : "s")}");

    /// <summary>Says how many probes chose the smallest or largest λ that was tried, in a sentence.</summary>
    /// <param name="atEdge">1 for each probe that did, 0 for one that did not, null for one without λ.</param>
    public static string Edges(IEnumerable<double?> atEdge)
    {
        int edges = atEdge.Count(edge => edge == 1);
        return edges > 0
            ? $"In {edges} probes λ is the smallest or largest that was tried."
            : "No probe chose the smallest or largest λ that was tried.";
    }

    public static string Number(double value, int decimals) =>
        value.ToString($"F{decimals}", CultureInfo.InvariantCulture);

    /// <summary>Returns a number with its sign; a number that rounds to 0 has none.</summary>
    public static string Signed(double value, int decimals)
    {
        double rounded = Math.Round(value, decimals) + 0.0;
        return (rounded > 0 ? "+" : "") + Number(rounded, decimals).Replace('-', '−');
    }
}
