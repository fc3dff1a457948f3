using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Comparisons;

/// <summary>
/// A comparison with random projections as tables of results, and what is drawn from them. <c>compare</c> and
/// <c>check</c> leave one a data set.
/// </summary>
public sealed class SavedComparison
{
    /// <summary>The command whose comparisons are drawn.</summary>
    public const string Command = "compare";

    private const string VerdictsName = "verdicts";
    private const string AccuraciesName = "accuracies";
    private const string ArtefactName = "random-projections";

    private readonly string dataSet;
    private readonly ResultTable verdicts;
    private readonly ResultTable accuracies;

    private SavedComparison(string dataSet, ResultTable verdicts, ResultTable accuracies)
    {
        this.dataSet = dataSet;
        this.verdicts = verdicts;
        this.accuracies = accuracies;
    }

    /// <summary>How many runs of a rule at a width diverged, where some did.</summary>
    public IReadOnlyList<(string Rule, int Width, int Diverged)> Diverged =>
        [
            .. from row in accuracies.Rows
            where accuracies.Text(row, "divergence").Length > 0
            group row by (
                Rule: accuracies.Text(row, "rule"),
                Width: (int)accuracies.Number(row, "width")!.Value
            ) into cell
            select (cell.Key.Rule, cell.Key.Width, cell.Count()),
        ];

    /// <summary>Makes the tables.</summary>
    /// <param name="family">As decided under the probe.</param>
    public static SavedComparison Of(
        DataSet data,
        string probe,
        IReadOnlyList<RunRecord> records,
        IReadOnlyList<(string Rule, int Width, ComparisonResult Result)> family
    )
    {
        ResultTable verdicts = new(VerdictsName, RandomProjectionFamily.Columns),
            accuracies =
                new(
                    AccuraciesName,
                    [
                        "rule",
                        "targets",
                        "width",
                        "seed",
                        "runId",
                        "testAccuracy",
                        "classesNeverPredicted",
                        "live",
                        "divergence",
                    ]
                );
        foreach ((string rule, int width, ComparisonResult result) in family)
        {
            verdicts.Add(RandomProjectionFamily.Row(rule, width, probe, result, family.Count));
        }

        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            accuracies.Add(
                record.Spec.Rule,
                record.Spec.Targets,
                record.Spec.Hidden[0],
                record.Spec.Seed,
                record.RunId,
                record.Measure(MeasureNames.Probe(probe, "testAccuracy")),
                record.Measure(MeasureNames.Probe(probe, "classesNeverPredicted")),
                record.Measure(MeasureNames.Neurons("live")),
                record.Divergence
            );
        }

        return new SavedComparison(data.Title, verdicts, accuracies);
    }

    /// <summary>The last one that a command made on a data set, and where it is from; null if there is none.</summary>
    /// <exception cref="ResultsException">It is damaged.</exception>
    public static (SavedComparison Comparison, Provenance Provenance)? Open(
        ResultLayout layout,
        string command,
        string dataSet
    )
    {
        string folder = Folder(layout, command, dataSet);
        return Provenance.Load(ProvenanceOf(folder)) is { } provenance
            ? (
                new SavedComparison(
                    provenance.DataSet,
                    ResultTable.Load(folder, VerdictsName),
                    ResultTable.Load(folder, AccuraciesName)
                ),
                provenance
            )
            : null;
    }

    /// <summary>Where it is drawn to.</summary>
    public static string FiguresOf(ResultLayout layout, string dataSet) =>
        Path.Combine(layout.Figures, Command, dataSet);

    /// <summary>Writes the tables and their provenance.</summary>
    /// <returns>The folder.</returns>
    public string Save(ResultLayout layout, string command, DataSet data, IReadOnlyList<RunRecord> records)
    {
        string folder = Folder(layout, command, data.Id);
        AtomicFile.Write([
            .. new[] { verdicts, accuracies }.Select(table => (Path.Combine(folder, table.FileName), table.ToCsv())),
            (ProvenanceOf(folder), Provenance.Of(data, Environment.GetCommandLineArgs()[1..], records).ToJson()),
        ]);
        return folder;
    }

    /// <summary>A table, and a figure with a panel a width.</summary>
    public IReadOnlyList<Artefact> Draw()
    {
        string[] widths = [.. accuracies.Rows.Select(row => accuracies.Text(row, "width")).Distinct()];
        IntervalPanel Panel(string width) =>
            RandomProjectionFamily.Panel(
                $"{width} units",
                verdicts,
                verdicts.Rows.Where(row => verdicts.Text(row, "width") == width),
                limit: 25
            );
        return widths.Length == 0
            ? []
            :
            [
                new TableArtefact(ArtefactName, Table()),
                new FigureArtefact(
                    ArtefactName,
                    new Figure(
                        "Against random projections of the same width",
                        dataSet,
                        string.Join(
                            ' ',
                            [
                                $"{ProbeName} probe on the hidden layer less that on an untrained one, "
                                    + "paired by seed: mean over seeds with its 95 % bootstrap interval over "
                                    + "seeds and test samples. Green beats, black ties or is undecided, orange "
                                    + $"loses: sign-flip test over seeds, Holm over {verdicts.Rows.Count} "
                                    + "comparison(s), level 5 %. Every rule in its own set-up.",
                                .. DivergenceNotes,
                            ]
                        ),
                        Math.Min(2, widths.Length),
                        [.. widths.Select(Panel)]
                    )
                ),
            ];
    }

    /// <summary>The decisions in words.</summary>
    public Table Table() =>
        new(
            $"Against random projections, {ProbeName} probe, test accuracy in %",
            dataSet,
            [
                "rule",
                "units",
                "seeds",
                "accuracy",
                "random",
                "difference [95 % interval]",
                "p",
                "adjusted p",
                "verdict",
            ],
            [
                .. verdicts.Rows.Select(row =>
                    (IReadOnlyList<string>)
                        [
                            verdicts.Text(row, "rule"),
                            verdicts.Text(row, "width"),
                            verdicts.Text(row, "seeds"),
                            Percent(row, "ruleAccuracy"),
                            Percent(row, "randomAccuracy"),
                            RandomProjectionFamily
                                .Text(Number(row, "difference"), Number(row, "low"), Number(row, "high"), "", false)
                                .TrimEnd(),
                            Probability(row, "p"),
                            Probability(row, "adjustedP"),
                            ComparisonResult.TextOf(verdicts.Text(row, "verdict"), Number(row, "provisional") == 1),
                        ]
                ),
            ],
            [
                "Paired by seed. Interval: bootstrap over seeds and test samples, of one difference "
                    + $"alone. p: sign-flip test over seeds, adjusted by Holm over {verdicts.Rows.Count} "
                    + "comparison(s); level 5 %.",
                .. from row in accuracies.Rows
                where
                    accuracies.Text(row, "targets") == RunSpec.EachTarget
                    && accuracies.Text(row, "rule") != RandomProjectionFamily.Random
                group row by accuracies.Text(row, "rule") into rule
                select $"{rule.Key} trains a network of so many units for each class; its features, and random's "
                    + "beside it, are those of all of them.",
                .. DivergenceNotes,
                .. verdicts.Rows.Any(row => Number(row, "provisional") == 1)
                    ? [ProvisionalNote]
                    : Array.Empty<string>(),
            ]
        );

    private string ProbeName => verdicts.Rows.Count > 0 ? verdicts.Text(verdicts.Rows[0], "probe") : "a";

    private IEnumerable<string> DivergenceNotes =>
        Diverged.Select(cell =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{cell.Rule} at {cell.Width} units: {cell.Diverged} run(s) diverged and are left out."
            )
        );

    private string ProvisionalNote
    {
        get
        {
            int needed = RandomProjectionGate.SeedsNeeded(verdicts.Rows.Count);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"Too few seeds: a family of {verdicts.Rows.Count} needs at least {needed} seeds before "
                    + $"any difference can be shown; use --seeds {needed}."
            );
        }
    }

    private double Number(string[] row, string column) => verdicts.Number(row, column)!.Value;

    private string Percent(string[] row, string column) => Cells.Number(100 * Number(row, column), 2);

    private string Probability(string[] row, string column) =>
        Number(row, column).ToString("0.####", CultureInfo.InvariantCulture);

    private static string Folder(ResultLayout layout, string command, string dataSet) =>
        Path.Combine(layout.Results, command, dataSet);

    private static string ProvenanceOf(string folder) => Path.Combine(folder, "provenance.json");
}
