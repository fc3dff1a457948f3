using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Training;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Which neurons have learned anything, how often the test errs on networks that never learned, and what it has to do
/// with accuracy.
/// </summary>
internal sealed class DeadNeurons : CompetitiveHebbianExperiment
{
    /// <summary>The control of networks as training left them.</summary>
    public const string Trained = "trained";

    /// <inheritdoc/>
    public override string Name => "dead-neurons";

    /// <inheritdoc/>
    public override string Question => "How many neurons never learn, and does it matter to the probe?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [.. BaselineRuns.Trained(plan, Trained), .. BaselineRuns.Shuffled(plan)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        IReadOnlyList<DeadNeuronRow> data = results.Table<DeadNeuronRow>(Name);
        IEnumerable<IReadOnlyList<string>> rows =
            from width in PublishedProtocol.Widths
            from rule in PublishedProtocol.Rules
            select Row(data, rule, width);
        string level = Cells.Number(100 * LiveNeurons.Level, 0);
        int others = 100 - int.Parse(level, CultureInfo.InvariantCulture);
        string[] notes =
        [
            "Displaced: weights point elsewhere than they were drawn. Structured: neighbouring pixels are more "
                + $"alike than in {others} % of permutations of the same weights. Live: both.",
            "Random projections were never trained: their structured share is how often the test takes noise for "
                + $"structure, nominally {level} %. Shuffling destroys all structure but keeps the learned "
                + "weights' distribution: the same error there.",
            Cells.Edges(data.Select(row => row.PenaltyAtEdge)),
        ];
        Table table = new(
            "Live neurons in %, and the test's errors",
            results.Provenance.DataSet,
            [
                "rule",
                "units",
                "displaced",
                "structured",
                "live",
                "structured after shuffling",
                "norm of weights",
                "deviation of features",
            ],
            [.. rows],
            notes
        );
        string[] correlations =
        [
            .. from width in PublishedProtocol.Widths
            let correlation = CorrelationOf(SeriesOf(data, width))
            where correlation is not null
            select $"{correlation} at {Text(width)} units",
        ];
        Figure figure = new(
            correlations.Length == 0
                ? Question
                : $"Do more live neurons mean more accuracy? Rank correlation: {string.Join(", ", correlations)}",
            results.Provenance.DataSet,
            "A point is a seed. ρ: Spearman's rank correlation over all rules and seeds of a width. "
                + "Ranges differ from panel to panel.",
            2,
            [.. PublishedProtocol.Widths.Select(width => PanelOf(data, width))],
            HasEqualRanges: false
        );
        return [new TableArtefact(Name, table), new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [new ResultTable<DeadNeuronRow>(Name, [.. runs.Where(run => !run.HasDiverged).Select(RowOf)])];

    private static DeadNeuronRow RowOf(MeasuredRun<PaperArm> run)
    {
        double? Neurons(string kind) => run.Measure(MeasureNames.Neurons(kind));
        double? Probe(string probe) => run.Measure(MeasureNames.Probe(probe, "testAccuracy"));
        return new DeadNeuronRow(
            run.Arm.Rule.Name,
            run.Arm.Condition,
            run.Arm.Width,
            run.Seed,
            run.RunId,
            Neurons("displaced"),
            Neurons("structured"),
            Neurons("live"),
            Neurons("rowNorm"),
            run.Measure(MeasureNames.FeatureDeviation),
            Probe(PublishedProtocol.Ridge),
            run.Measure(MeasureNames.Probe(PublishedProtocol.Ridge, "penalty")),
            run.Measure(MeasureNames.Probe(PublishedProtocol.Ridge, "penaltyAtEdge")),
            Probe(PublishedProtocol.Published)
        );
    }

    private static IReadOnlyList<string> Row(IReadOnlyList<DeadNeuronRow> data, PaperRule rule, int width)
    {
        string Share(string control, Func<DeadNeuronRow, double?> column) =>
            Cells.Mean([.. Values(data, rule, control, width, column).Select(value => 100 * value)], 1);
        string Mean(Func<DeadNeuronRow, double?> column) => Cells.Mean(Values(data, rule, Trained, width, column), 2);
        return
        [
            rule.Name,
            Text(width),
            Share(Trained, row => row.Displaced),
            Share(Trained, row => row.Structured),
            Share(Trained, row => row.Live),
            Share(WeightControl.Shuffled, row => row.Structured),
            Mean(row => row.RowNorm),
            Mean(row => row.FeatureDeviation),
        ];
    }

    private static ScatterPanel PanelOf(IReadOnlyList<DeadNeuronRow> data, int width)
    {
        PointSeries[] points = SeriesOf(data, width);
        string correlation = CorrelationOf(points) is { } rank ? $", ρ = {rank}" : "";
        return new ScatterPanel(
            $"{width} units{correlation}",
            "live neurons in %",
            "ridge probe, test accuracy in %",
            points
        );
    }

    /// <summary>Spearman's rank correlation of a panel's points; null if there are too few.</summary>
    private static string? CorrelationOf(IReadOnlyList<PointSeries> points)
    {
        double[] live = [.. points.SelectMany(series => series.X)],
            accuracy = [.. points.SelectMany(series => series.Y)];
        return live.Distinct().Count() > 1 && live.Length > 3
            ? Cells.Signed(Correlation.Spearman(live, accuracy), 2)
            : null;
    }

    private static PointSeries[] SeriesOf(IReadOnlyList<DeadNeuronRow> data, int width)
    {
        double[] Percent(PaperRule rule, Func<DeadNeuronRow, double?> column) =>
            [.. Values(data, rule, Trained, width, column).Select(value => 100 * value!.Value)];
        return
        [
            .. PublishedProtocol.LearningRules.Select(rule => new PointSeries(
                rule.Name,
                rule.Style,
                Percent(rule, row => row.Live),
                Percent(rule, row => row.RidgeAccuracy)
            )),
        ];
    }

    private static double?[] Values(
        IReadOnlyList<DeadNeuronRow> data,
        PaperRule rule,
        string control,
        int width,
        Func<DeadNeuronRow, double?> column
    ) => [.. data.Where(row => row.Rule == rule.Name && row.Control == control && row.Width == width).Select(column)];
}
