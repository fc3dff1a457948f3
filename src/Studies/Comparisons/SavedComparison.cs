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
/// The answer to a question about rules as tables of results, and the figure and tables drawn from them. The commands
/// <c>compare</c> and <c>check</c> save one per data set and question.
/// </summary>
public sealed class SavedComparison
{
    /// <summary>The command whose comparisons are drawn.</summary>
    public const string Command = "compare";

    private const string VerdictsName = "verdicts";
    private const string CostsName = "costs";
    private const string AccuraciesName = "accuracies";
    private const string CorrectName = "correct";
    private const string TrialsName = "trials";
    private const string WidthName = "by-width";
    private const string ArtefactName = "random-projections";

    private readonly string dataSet;
    private readonly IReadOnlyList<AccuracyRow> accuracies;
    private readonly IReadOnlyList<TrialRow> trials;

    private SavedComparison(
        string dataSet,
        IReadOnlyList<DecisionRow> verdicts,
        IReadOnlyList<CostRow> costs,
        IReadOnlyList<AccuracyRow> accuracies,
        IReadOnlyList<TrialRow> trials
    )
    {
        this.dataSet = dataSet;
        CostRows = costs;
        this.accuracies = accuracies;
        this.trials = trials;
        Verdicts = verdicts;
    }

    /// <summary>The decisions, one per arm, network and probed layer.</summary>
    public IReadOnlyList<DecisionRow> Verdicts { get; }

    /// <summary>What the training of each arm on each network took.</summary>
    public IReadOnlyList<CostRow> CostRows { get; }

    /// <summary>Whether any run diverged or broke down.</summary>
    public bool HasGaps => Verdicts.Any(row => row.Diverged > 0);

    /// <summary>Answers a question.</summary>
    /// <param name="seeds">The number of seeds of every arm.</param>
    /// <param name="contests">The pairs of runs, of arms and of random projections.</param>
    /// <param name="trials">The trials of the search; empty if there was none.</param>
    public static SavedComparison Of(
        DataSet data,
        Question question,
        int seeds,
        IReadOnlyList<Contest> contests,
        IReadOnlyList<TrialRow> trials
    )
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(contests);
        IEnumerable<AccuracyRow> learned =
            from contest in contests
            from probe in contest.Learned.Spec.ProbeNames()
            select AccuracyRow.Of(contest.Rule, contest.Learned, contest.Random.RunId, probe);
        IEnumerable<AccuracyRow> untrained =
            from random in contests.Select(contest => contest.Random).DistinctBy(random => random.RunId)
            from probe in random.Spec.ProbeNames()
            select AccuracyRow.Of(RandomProjectionFamily.Random, random, null, probe);
        return new SavedComparison(
            data.Title,
            Decisions.Decide(contests, question.Terms, seeds, question.Comparisons),
            [
                .. from contest in contests
                group contest by (contest.Rule, string.Join(' ', contest.Learned.Spec.Hidden)) into arm
                select CostRow.Of([.. arm]),
            ],
            [.. learned, .. untrained],
            trials
        );
    }

    /// <summary>Opens the comparisons that were made on a data set, by name, with their provenance.</summary>
    /// <exception cref="ResultsException">A comparison is damaged.</exception>
    public static IEnumerable<(string Name, SavedComparison Comparison, Provenance Provenance)> All(
        ResultLayout layout,
        string dataSet
    )
    {
        ArgumentNullException.ThrowIfNull(layout);
        string all = Path.Combine(layout.Results, Command, dataSet);
        IEnumerable<string> folders = Directory.Exists(all)
            ? Directory.EnumerateDirectories(all).Order(StringComparer.Ordinal)
            : [];
        foreach (string folder in folders)
        {
            if (Provenance.Load(ProvenanceOf(folder)) is { } provenance)
            {
                ResultFolder saved = new(folder, dataSet, provenance);
                yield return (
                    Path.GetFileName(folder),
                    new SavedComparison(
                        provenance.DataSet,
                        saved.Table<DecisionRow>(VerdictsName),
                        saved.Table<CostRow>(CostsName),
                        saved.Table<AccuracyRow>(AccuraciesName),
                        saved.Table<TrialRow>(TrialsName)
                    ),
                    provenance
                );
            }
        }
    }

    /// <summary>The folder of a comparison's tables of results.</summary>
    public static string ResultsOf(ResultLayout layout, string command, string dataSet, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Path.Combine(layout.Results, command, dataSet, name);
    }

    /// <summary>The folder of a comparison's figure and tables.</summary>
    public static string FiguresOf(ResultLayout layout, string dataSet, string name)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return Path.Combine(layout.Figures, Command, dataSet, name);
    }

    /// <summary>What was compared, in words.</summary>
    public string Subject =>
        $"{string.Join(", ", Verdicts.Select(row => row.Arm).Distinct())} ({ProbeName} probe at "
        + $"{string.Join(", ", Verdicts.Select(row => Network(row.Hidden)).Distinct())} units)";

    /// <summary>Writes the tables and their provenance.</summary>
    /// <param name="folder">See <see cref="ResultsOf"/>.</param>
    /// <param name="records">All runs.</param>
    /// <param name="commandLine">The arguments of the command.</param>
    public void Save(string folder, DataSet data, IReadOnlyList<RunRecord> records, IReadOnlyList<string> commandLine)
    {
        IEnumerable<string> probes = accuracies.Select(row => row.Probe).Distinct();
        IResultTable[] tables =
        [
            new ResultTable<DecisionRow>(VerdictsName, Verdicts),
            new ResultTable<CostRow>(CostsName, CostRows),
            new ResultTable<AccuracyRow>(AccuraciesName, accuracies),
            new ResultTable<CorrectRow>(CorrectName, CorrectRow.Of(records, probes)),
            new ResultTable<TrialRow>(TrialsName, trials),
        ];
        ResultFolder.Save(folder, ProvenanceOf(folder), tables, Provenance.Of(data, commandLine, records));
    }

    /// <summary>The tables, and a figure with one panel per network and layer.</summary>
    public IReadOnlyList<Artefact> Draw()
    {
        TableArtefact[] tables = [new(ArtefactName, Table()), new(CostsName, Costs())];
        IGrouping<string, DecisionRow>[] panels =
        [
            .. Verdicts.Where(row => row.Difference is not null).GroupBy(LayerText),
        ];
        if (panels.Length == 0)
        {
            return tables;
        }

        string note =
            $"Probe ({ProbeName}) on the layer (marker) and on the same layer untrained (open circle): mean over "
            + $"{Seeds}; the difference in points is paired by seed. {TermsText} Every rule in its own set-up.";
        Figure figure = new(
            $"Of the same network, {Decisions.InWords(Verdicts)}",
            dataSet,
            string.Join(' ', DivergenceNotes.Prepend(note)),
            Math.Min(2, panels.Length),
            [.. panels.Select(panel => Decisions.Pairs(panel.Key, panel, row => row.Arm))]
        );
        return [.. tables, new FigureArtefact(ArtefactName, figure), .. OverWidth()];
    }

    /// <summary>The differences of single layers over their width, if there are several widths.</summary>
    private IEnumerable<FigureArtefact> OverWidth()
    {
        DecisionRow[] rows =
        [
            .. Verdicts
                .Where(row => row.Difference is not null && row.Units > 0 && !row.Hidden.Contains(' '))
                .OrderBy(row => row.Units),
        ];
        int[] widths = [.. rows.Select(row => row.Units).Distinct()];
        if (widths.Length < 2)
        {
            yield break;
        }

        IGrouping<string, DecisionRow>[] arms = [.. rows.GroupBy(row => row.Arm)];
        bool hasArmPerRule = arms.Select(arm => arm.First().Rule).Distinct().Count() == arms.Length;
        LinePanel panel = new(
            "",
            "units",
            "difference in points",
            [
                .. arms.Select(
                    (arm, i) =>
                        new Curve(
                            arm.Key,
                            hasArmPerRule ? SeriesStyles.OfRule(arm.First().Rule) : SeriesStyles.At(i),
                            [.. arm.Select(row => (double)Array.IndexOf(widths, row.Units))],
                            [.. arm.Select(row => 100 * row.Difference!.Value)],
                            [.. arm.Select(row => 100 * (row.Low ?? row.Difference!.Value))],
                            [.. arm.Select(row => 100 * (row.High ?? row.Difference!.Value))]
                        )
                ),
            ],
            [.. widths.Select((width, i) => ((double)i, Whole(width)))],
            IsCategorical: true
        );
        yield return new FigureArtefact(
            WidthName,
            new Figure(
                "What is learned beyond random projections, by width",
                dataSet,
                $"Probe: {ProbeName}; the difference in points is paired by seed. {TermsText}",
                1,
                [panel]
            )
        );
    }

    /// <summary>The decisions in words.</summary>
    public Table Table()
    {
        string[] columns =
        [
            "rule",
            "layer",
            "seeds",
            "accuracy",
            "random projections",
            $"difference [{LevelText} {HoldText}]",
            "verdict",
            "ahead at a fresh seed",
            "what would decide it",
        ];
        IEnumerable<IReadOnlyList<string>> rows = Verdicts.Select(row =>
            (string[])
                [
                    row.Arm,
                    LayerText(row),
                    Whole(row.Seeds),
                    Percent(row.RuleAccuracy),
                    Percent(row.RandomAccuracy),
                    row.IntervalText,
                    row.VerdictText,
                    row.SuperiorityText,
                    row.NeedText,
                ]
        );

        // The last column is left out where everything is decided.
        int shown = columns.Length - (Verdicts.All(row => row.NeedText.Length == 0) ? 1 : 0);
        return new Table(
            $"Against random projections, {ProbeName} probe, test accuracy in %",
            dataSet,
            columns[..shown],
            [.. rows.Select(row => row.Take(shown).ToArray())],
            [.. Notes()]
        );
    }

    /// <summary>What the training of each arm took.</summary>
    public Table Costs() =>
        new(
            "What the training took",
            dataSet,
            [
                "rule",
                "units",
                "passes × batch",
                "steps",
                "optimizer",
                "learning rate",
                "s",
                "multiply-adds per sample, in millions",
            ],
            [
                .. CostRows.Select(row =>
                    (string[])
                        [
                            row.Arm,
                            Network(row.Hidden),
                            $"{Whole(row.Epochs)} × {Whole(row.Batch)}",
                            Whole(row.Steps),
                            row.Optimizer,
                            row.LearningRate.ToString("G4", CultureInfo.InvariantCulture),
                            Cells.Number(row.Seconds, 1),
                            row.MillionsText,
                        ]
                ),
            ],
            [.. CostNotes()]
        );

    private IEnumerable<string> Notes()
    {
        yield return TermsText;
        IEnumerable<string> oneAgainstRest =
            from row in accuracies
            where row.Targets == RunSpec.EachTarget && row.Arm != RandomProjectionFamily.Random
            select row.Arm;
        foreach (string rule in oneAgainstRest.Distinct())
        {
            yield return $"{rule} trains a network of so many units for each class; its features, and random's beside "
                + "it, are those of all of them.";
        }

        int edges = accuracies.Count(row => row.PenaltyAtEdge == 1);
        if (edges > 0)
        {
            yield return $"In {Whole(edges)} of {Whole(accuracies.Count)} probes λ is the smallest or largest that was "
                + "tried.";
        }

        foreach (string note in DivergenceNotes)
        {
            yield return note;
        }
    }

    private IEnumerable<string> CostNotes()
    {
        yield return "Seconds are those of the machines that made the runs. Multiply-adds are those of products of "
            + "matrices, over all passes and networks; steps are those of one network.";
        if (TrialRow.Edges(trials, CostRows.Select(row => (row.Arm, row.Hidden, row.LearningRate))) is { } edges)
        {
            yield return edges;
        }

        if (CostRows.Any(row => row.InitialScale != 1))
        {
            IEnumerable<string> scales = CostRows.Select(row =>
                $"{row.Arm} at {Network(row.Hidden)}: {row.InitialScale.ToString(CultureInfo.InvariantCulture)}"
            );
            yield return "Random projections have the initial scale that their own search found, times that of the "
                + $"rule: {string.Join("; ", scales)}.";
        }
    }

    /// <summary>On which terms the rows were decided.</summary>
    private string TermsText
    {
        get
        {
            if (Verdicts.Count == 0)
            {
                return "Nothing was decided.";
            }

            DecisionRow first = Verdicts[0];
            string hold =
                first.Family == 1 ? "Interval"
                : first.Level > first.QuestionLevel ? $"Intervals hold together for {Whole(first.Family)} comparisons"
                : $"Each of {Whole(first.Family)} intervals holds by itself, as all must agree";
            string drawn =
                first.Estimand == Estimand.Seeds
                    ? "for new seeds on these very test samples"
                    : "for new seeds and new test samples";
            string margin = (100 * first.Margin).ToString("0.##", CultureInfo.InvariantCulture);
            return $"{hold}, {drawn} (crossed random effects), {LevelText}. Better: above 0; equivalent: within "
                + $"{margin} points of 0.";
        }
    }

    private string LevelText
    {
        get
        {
            double level = Verdicts.Count > 0 ? Verdicts[0].QuestionLevel : Effect.Level;
            return string.Create(CultureInfo.InvariantCulture, $"{100 * level:0.##} %");
        }
    }

    /// <summary>Whether intervals hold together or each by itself, for the head of a column.</summary>
    private string HoldText =>
        Verdicts.Count == 0 || Verdicts[0].Family == 1 ? "interval"
        : Verdicts[0].Level > Verdicts[0].QuestionLevel ? "together"
        : "each";

    private string ProbeName => Verdicts.Count > 0 ? Verdicts[0].Probe : "a";

    private IEnumerable<string> DivergenceNotes =>
        from row in Verdicts
        where row.Diverged > 0
        select $"{row.Arm} at {LayerText(row)}: {Whole(row.Diverged)} run(s) diverged; a rule that diverges is not "
            + "better.";

    private string Seeds => Cells.Seeds(Verdicts.Select(decision => decision.Seeds).DefaultIfEmpty().Max());

    private static string LayerText(DecisionRow row) =>
        row.Hidden.Contains(' ', StringComparison.Ordinal)
            ? $"{row.Layer} of {Network(row.Hidden)}"
            : $"{Whole(row.Units)} units";

    private static string Network(string hidden) => hidden.Replace(' ', '×');

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Percent(double? share) => share is { } value ? Cells.Number(100 * value, 2) : Cells.NotRun;

    private static string ProvenanceOf(string folder) => Path.Combine(folder, "provenance.json");
}
