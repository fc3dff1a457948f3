using System.Globalization;
using Reproduction.Statistics;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Sets our values beside the printed ones and collects the cells where they disagree. A printed number stands for all
/// numbers that round to it. It is one seed's, so it is held against two intervals: that of our mean, and the wider one
/// where a single seed is expected.
/// </summary>
/// <param name="results">Whether the data are those the paper prints numbers for is known from it.</param>
/// <param name="decimals">Of the printed numbers.</param>
internal sealed class PrintedComparison(ResultFolder results, int decimals)
{
    private readonly List<string> outsideMean = [];
    private readonly List<string> outsidePrediction = [];
    private int seeds;

    /// <summary>The data set whose printed numbers are shown.</summary>
    public string PrintedDataSet => IsComparable ? results.DataSetId : PrintedValues.Mnist;

    private bool IsComparable => PublishedProtocol.IsPrinted(results.DataSetId);

    /// <summary>
    /// "mean ± half width", or the value alone for one seed; † where the printed number is outside the mean's interval,
    /// ‡ where it is outside the single seed's too.
    /// </summary>
    /// <param name="cell">How the cell is called in the note.</param>
    /// <param name="values">One a seed; null where the run diverged.</param>
    public string Cell(string cell, double printed, IReadOnlyList<double?> values)
    {
        double[] finished = [.. values.OfType<double>()];
        seeds = Math.Max(seeds, values.Count);
        string mark = finished.Length > 1 && IsComparable ? Mark(cell, printed, SeedInterval.Of(finished)) : "";
        string missing = Cells.Missing(values),
            text = Cells.Mean(values, decimals);
        return missing.Length > 0 && finished.Length > 0 ? text[..^missing.Length] + mark + missing : text + mark;
    }

    public string Number(double value) => Cells.Number(value, decimals);

    /// <summary>What a reader must know of the cells: data, seeds, disagreements.</summary>
    public IReadOnlyList<string> Notes()
    {
        List<string> notes = [SeedNote(seeds)];
        if (!IsComparable)
        {
            notes.Add(
                $"The printed numbers are for MNIST; this table was made from {results.Provenance.DataSet}, so the "
                    + "columns are not to be compared."
            );
        }
        else if (seeds > 1)
        {
            notes.Add(Note("†", "outside the interval of our mean, but where a single seed may fall", outsideMean));
            notes.Add(
                Note("‡", "outside that and outside the 95 % interval in which a single seed falls", outsidePrediction)
            );
        }

        return notes;
    }

    /// <summary>What ± means.</summary>
    public static string SeedNote(int seeds) =>
        seeds > 1
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Ours: mean over {seeds} seeds ± half of its 95 % Student interval."
            )
            : "Ours: one seed, so there is no interval; --profile paper runs ten. The quick profile trains on 12,000 "
                + "samples.";

    private static string Note(string mark, string meaning, List<string> cells) =>
        cells.Count == 0
            ? $"{mark} Printed number {meaning}: none."
            : $"{mark} Printed number {meaning}: {string.Join("; ", cells)}.";

    private string Mark(string cell, double printed, SeedInterval ours)
    {
        double distance = Math.Abs(printed - ours.Mean) - (0.5 * Math.Pow(10, -decimals));
        if (distance <= ours.HalfWidth)
        {
            return "";
        }

        (string mark, List<string> cells, double halfWidth) =
            distance <= ours.PredictionHalfWidth
                ? ("†", outsideMean, ours.HalfWidth)
                : ("‡", outsidePrediction, ours.PredictionHalfWidth);
        cells.Add(
            $"{cell} (printed {Number(printed)}, interval {Number(ours.Mean - halfWidth)} to "
                + $"{Number(ours.Mean + halfWidth)})"
        );
        return " " + mark;
    }
}
