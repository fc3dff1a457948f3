using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Experiments.Report;
using Reproduction.Figures;

namespace Reproduction.Experiments.Comparison;

/// <summary>What <c>compare</c> leaves of its last comparison on a data set: tables of results, and what is drawn from them.</summary>
internal static class SavedComparison
{
    private const string Command = "compare";
    private const string VerdictsName = "verdicts";

    /// <summary>Where <paramref name="command"/> keeps it.</summary>
    public static string Folder(ResultLayout layout, string command, string dataSet) => Path.Combine(layout.Results, command, dataSet);

    /// <summary>Its file of provenance.</summary>
    public static string ProvenanceOf(string folder) => Path.Combine(folder, "provenance.json");

    /// <summary>An empty table of verdicts.</summary>
    public static ResultTable NewVerdicts() => new(VerdictsName, RandomProjectionFamily.Columns);

    /// <summary>The last comparison; null if there is none.</summary>
    /// <exception cref="ResultsException">It is damaged.</exception>
    public static ReportSection? Open(ResultLayout layout, string dataSet)
    {
        string folder = Folder(layout, Command, dataSet);
        return Provenance.Load(ProvenanceOf(folder)) is { } provenance
            ? new ReportSection(
                "Comparison by a user", $"{Command}/{dataSet}", "the last comparison that was made on this data set", true, provenance, FiguresOf(layout, dataSet), Draw(ResultTable.Load(folder, VerdictsName), provenance.DataSet))
            : null;
    }

    /// <summary>Where it is drawn to.</summary>
    public static string FiguresOf(ResultLayout layout, string dataSet) => Path.Combine(layout.Figures, Command, dataSet);

    /// <summary>A figure with a panel a width, and a table.</summary>
    public static IReadOnlyList<Artefact> Draw(ResultTable verdicts, string dataSet)
    {
        string[] widths = [.. verdicts.Rows.Select(row => verdicts.Text(row, "width")).Distinct()];
        string probe = verdicts.Rows.Count > 0 ? verdicts.Text(verdicts.Rows[0], "probe") : "";
        string method = string.Create(CultureInfo.InvariantCulture, $"sign-flip test over seeds, Holm over {verdicts.Rows.Count} comparison(s), level 5 %");
        IntervalPanel Panel(string width) => RandomProjectionFamily.Panel($"{width} units", verdicts, verdicts.Rows.Where(row => verdicts.Text(row, "width") == width), limit: 25);
        return widths.Length == 0 ? [] :
        [
            new TableArtefact("random-projections", new Table(
                $"Against random projections, {probe} probe, test accuracy in %", dataSet, ["rule", "units", "seeds", "accuracy", "random", "difference in points [95 % interval], verdict"],
                [
                    .. verdicts.Rows.Select(row => (IReadOnlyList<string>)
                    [
                        verdicts.Text(row, "rule"), verdicts.Text(row, "width"), verdicts.Text(row, "seeds"), Cells.Number(100 * verdicts.Number(row, "ruleAccuracy")!.Value, 2),
                        Cells.Number(100 * verdicts.Number(row, "randomAccuracy")!.Value, 2), RandomProjectionFamily.Text(verdicts, row),
                    ]),
                ],
                [$"Paired by seed. Interval: bootstrap over seeds and test samples, of one difference alone. Verdict: {method}. Every rule in its own set-up."])),
            new FigureArtefact("random-projections", new Figure(
                $"Against random projections of the same width, {probe} probe", dataSet,
                $"Test accuracy of a probe on the hidden layer less that on an untrained one, paired by seed: mean over seeds with its 95 % bootstrap interval over seeds and test samples. Green beats, black ties, red loses: {method}. Every rule in its own set-up.",
                Math.Min(2, widths.Length), [.. widths.Select(Panel)])),
        ];
    }
}
