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
/// A comparison with random projections as tables of results, and the figure and table drawn from them. The commands
/// <c>compare</c> and <c>check</c> save one per data set.
/// </summary>
public sealed class SavedComparison
{
    /// <summary>The command whose comparisons are drawn.</summary>
    public const string Command = "compare";

    private const string VerdictsName = "verdicts";
    private const string AccuraciesName = "accuracies";
    private const string ArtefactName = "random-projections";

    private readonly string dataSet;
    private readonly IReadOnlyList<AccuracyRow> accuracies;

    private SavedComparison(string dataSet, IReadOnlyList<DecisionRow> verdicts, IReadOnlyList<AccuracyRow> accuracies)
    {
        this.dataSet = dataSet;
        this.accuracies = accuracies;
        Verdicts = verdicts;
    }

    /// <summary>The decisions, one per rule and width.</summary>
    public IReadOnlyList<DecisionRow> Verdicts { get; }

    /// <summary>The number of diverged runs of each rule at each width where some diverged.</summary>
    public IReadOnlyList<(string Rule, int Width, int Diverged)> Diverged =>
        [
            .. from row in accuracies
            where row.HasDiverged
            group row by (row.Rule, row.Width) into cell
            select (cell.Key.Rule, cell.Key.Width, cell.Count()),
        ];

    /// <summary>Decides a comparison.</summary>
    /// <param name="contests">The pairs of runs, of rules and of random projections.</param>
    /// <param name="records">All runs, including those without a partner.</param>
    public static SavedComparison Of(
        DataSet data,
        string probe,
        IReadOnlyList<Contest> contests,
        IReadOnlyList<RunRecord> records
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        IEnumerable<RunRecord> distinct = records.DistinctBy(record => record.RunId);
        return new SavedComparison(
            data.Title,
            RandomProjectionFamily.Decide(contests, probe),
            [.. distinct.Select(record => AccuracyRow.Of(record, probe))]
        );
    }

    /// <summary>
    /// Opens the last comparison that a command made on a data set, with its provenance; null if there is none.
    /// </summary>
    /// <exception cref="ResultsException">The comparison is damaged.</exception>
    public static (SavedComparison Comparison, Provenance Provenance)? Open(
        ResultLayout layout,
        string command,
        string dataSet
    )
    {
        string folder = Folder(layout, command, dataSet);
        if (Provenance.Load(ProvenanceOf(folder)) is not { } provenance)
        {
            return null;
        }

        SavedComparison comparison = new(
            provenance.DataSet,
            ResultTable<DecisionRow>.Load(folder, VerdictsName).Rows,
            ResultTable<AccuracyRow>.Load(folder, AccuraciesName).Rows
        );
        return (comparison, provenance);
    }

    /// <summary>The folder of the comparison's figure and table.</summary>
    public static string FiguresOf(ResultLayout layout, string dataSet)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Path.Combine(layout.Figures, Command, dataSet);
    }

    /// <summary>Writes the tables and their provenance.</summary>
    /// <param name="commandLine">The arguments of the command.</param>
    /// <returns>The folder.</returns>
    public string Save(
        ResultLayout layout,
        string command,
        DataSet data,
        IReadOnlyList<RunRecord> records,
        IReadOnlyList<string> commandLine
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        string folder = Folder(layout, command, data.Id);
        IResultTable[] tables =
        [
            new ResultTable<DecisionRow>(VerdictsName, Verdicts),
            new ResultTable<AccuracyRow>(AccuraciesName, accuracies),
        ];
        AtomicFile.Write([
            .. tables.Select(table => (Path.Combine(folder, table.FileName), table.ToCsv())),
            (ProvenanceOf(folder), Provenance.Of(data, commandLine, records).ToJson()),
        ]);
        return folder;
    }

    /// <summary>A table, and a figure with one panel per width.</summary>
    public IReadOnlyList<Artefact> Draw()
    {
        int[] widths = [.. Verdicts.Select(row => row.Width).Distinct()];
        if (widths.Length == 0)
        {
            return [new TableArtefact(ArtefactName, Table())];
        }

        string note =
            $"{ProbeName} probe on the hidden layer (marker) and on the same layer untrained (open circle): mean over "
            + $"{Seeds}; the difference in points is paired by seed. Green beats, black ties or is undecided, orange "
            + $"loses: sign-flip test over seeds, Holm over {Verdicts.Count} comparisons, level 5 %. Every rule in its "
            + "own set-up.";
        Figure figure = new(
            $"At the same width, {RandomProjectionFamily.InWords(Verdicts)}",
            dataSet,
            string.Join(' ', DivergenceNotes.Prepend(note)),
            Math.Min(2, widths.Length),
            [.. widths.Select(Panel)]
        );
        return [new TableArtefact(ArtefactName, Table()), new FigureArtefact(ArtefactName, figure)];
    }

    /// <summary>The decisions in words.</summary>
    public Table Table()
    {
        string[] columns =
        [
            "rule",
            "units",
            "seeds",
            "accuracy",
            "random projections",
            "difference [95 % interval]",
            "p",
            "adjusted p",
            "verdict",
        ];
        IEnumerable<IReadOnlyList<string>> rows = Verdicts.Select(decision =>
            (string[])
                [
                    decision.Rule,
                    Whole(decision.Width),
                    Whole(decision.Seeds),
                    Percent(decision.RuleAccuracy),
                    Percent(decision.RandomAccuracy),
                    decision.IntervalText,
                    Probability(decision.P),
                    Probability(decision.AdjustedP),
                    decision.VerdictText,
                ]
        );
        return new Table(
            $"Against random projections, {ProbeName} probe, test accuracy in %",
            dataSet,
            columns,
            [.. rows],
            [.. Notes()]
        );
    }

    private IEnumerable<string> Notes()
    {
        yield return "Paired by seed. Interval: bootstrap over seeds and test samples, of one difference alone. p: "
            + $"sign-flip test over seeds, adjusted by Holm over {Verdicts.Count} comparison(s); level 5 %.";
        IEnumerable<string> oneAgainstRest =
            from row in accuracies
            where row.Targets == RunSpec.EachTarget && row.Rule != RandomProjectionFamily.Random
            select row.Rule;
        foreach (string rule in oneAgainstRest.Distinct())
        {
            yield return $"{rule} trains a network of so many units for each class; its features, and random's beside "
                + "it, are those of all of them.";
        }

        foreach (string note in DivergenceNotes)
        {
            yield return note;
        }

        if (Verdicts.Any(decision => decision.IsProvisional))
        {
            string needed = Whole(RandomProjectionGate.SeedsNeeded(Verdicts.Count));
            yield return $"Too few seeds: a family of {Verdicts.Count} needs at least {needed} seeds before any "
                + $"difference can be shown; use --seeds {needed}.";
        }
    }

    private string ProbeName => Verdicts.Count > 0 ? Verdicts[0].Probe : "a";

    private IEnumerable<string> DivergenceNotes =>
        Diverged.Select(cell =>
            $"{cell.Rule} at {Whole(cell.Width)} units: {Whole(cell.Diverged)} run(s) diverged and are left out."
        );

    private string Seeds => Cells.Seeds(Verdicts.Select(decision => decision.Seeds).DefaultIfEmpty().Max());

    private DumbbellPanel Panel(int width) =>
        RandomProjectionFamily.Pairs(
            $"{Whole(width)} units",
            Verdicts.Where(decision => decision.Width == width),
            decision => decision.Rule,
            decision => decision.Rule
        );

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double share) => Cells.Number(100 * share, 2);

    private static string Probability(double p) => p.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Folder(ResultLayout layout, string command, string dataSet) =>
        Path.Combine(layout.Results, command, dataSet);

    private static string ProvenanceOf(string folder) => Path.Combine(folder, "provenance.json");
}
