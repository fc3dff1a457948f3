using System.Globalization;
using Reproduction.Evaluation;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Sets our values beside the printed ones and collects the cells where they disagree.</summary>
/// <param name="results">Whether the data are those the paper prints numbers for is known from it.</param>
/// <param name="format">Of a number, e.g. F1.</param>
internal sealed class PrintedComparison(ResultFolder results, string format)
{
    private readonly List<string> outside = [];
    private int seeds;

    private bool IsComparable => results.DataSetId == PrintedValues.DataSet;

    /// <summary>"mean ± half width", or the value alone for one seed; † where the printed number is outside the interval.</summary>
    /// <param name="cell">How the cell is called in the note.</param>
    /// <param name="values">One a seed; empty if no run came to its end.</param>
    public string Cell(string cell, double printed, IReadOnlyList<double> values)
    {
        if (values.Count == 0)
        {
            return "diverged";
        }

        SeedInterval ours = SeedInterval.Of(values);
        seeds = Math.Max(seeds, ours.Count);
        bool isOutside = IsComparable && ours.HasInterval && (printed < ours.Low || printed > ours.High);
        if (isOutside)
        {
            outside.Add($"{cell} (printed {Number(printed)}, ours {Number(ours.Low)} to {Number(ours.High)})");
        }

        return Number(ours.Mean) + (ours.HasInterval ? $" ± {Number(ours.HalfWidth)}" : "") + (isOutside ? " †" : "");
    }

    public string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>What a reader must know of the cells: data, seeds, disagreements.</summary>
    public IReadOnlyList<string> Notes()
    {
        List<string> notes = [$"Data: {results.DataSetTitle}. {SeedNote(seeds)}"];
        if (!IsComparable)
        {
            notes.Add($"The printed numbers are for MNIST; this table was made from {results.DataSetTitle}, so the columns are not to be compared.");
        }
        else if (seeds > 1)
        {
            notes.Add(outside.Count == 0 ? "No printed number lies outside our interval." : $"† Printed number outside our interval: {string.Join("; ", outside)}.");
        }

        return notes;
    }

    /// <summary>Says what stands behind each value.</summary>
    public static string SeedNote(int seeds) => seeds > 1
        ? string.Create(CultureInfo.InvariantCulture, $"Ours: mean over {seeds} seeds ± half of its 95 % Student interval.")
        : "Ours: one seed, so there is no interval.";
}
