using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Which neurons have learned anything, how often the test errs on networks that never learned, and what it has to do
/// with accuracy.
/// </summary>
public sealed class DeadNeurons : CompetitiveHebbianExperiment
{
    private const string Trained = "trained";

    /// <inheritdoc/>
    public override string Name => "dead-neurons";

    /// <inheritdoc/>
    public override string Summary =>
        "live and dead neurons of every rule, the test's false positives, accuracy against the live share";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, Arm.Corrected),
            .. BaselineRuns.Shuffled(plan),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable table = new(
            Name,
            [
                "rule",
                "control",
                "width",
                "seed",
                "runId",
                "displaced",
                "structured",
                "live",
                "rowNorm",
                "featureDeviation",
                "ridgeAccuracy",
                "publishedAccuracy",
            ]
        );
        foreach (RunRecord record in records.Where(record => record.Divergence is null))
        {
            double? Neurons(string kind) => record.Measure(MeasureNames.Neurons(kind));
            double? Probe(string probe) => record.Measure(MeasureNames.Probe(probe, "testAccuracy"));
            table.Add(
                ProbeTable.RuleName(record),
                record.Spec.Control == WeightControl.None ? Trained : record.Spec.Control,
                record.Spec.Hidden[0],
                record.Spec.Seed,
                record.RunId,
                Neurons("displaced"),
                Neurons("structured"),
                Neurons("live"),
                Neurons("rowNorm"),
                record.Measure(MeasureNames.FeatureDeviation),
                Probe(PublishedProtocol.Ridge),
                Probe(PublishedProtocol.Published)
            );
        }

        return [table];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ResultTable data = results.Table(Name);
        double?[] Values(PaperRule rule, string control, int width, string column) =>
            [
                .. data
                    .Rows.Where(row =>
                        data.Text(row, "rule") == rule.Name
                        && data.Text(row, "control") == control
                        && data.Number(row, "width") == width
                    )
                    .Select(row => data.Number(row, column)),
            ];
        List<IReadOnlyList<string>> rows = [];
        List<Panel> panels = [];
        foreach (int width in PublishedProtocol.Widths)
        {
            foreach (PaperRule rule in PublishedProtocol.Rules)
            {
                string Share(string control, string column) =>
                    Cells.Mean([.. Values(rule, control, width, column).Select(value => 100 * value)], 1);
                rows.Add([
                    rule.Name,
                    width.ToString(CultureInfo.InvariantCulture),
                    Share(Trained, "displaced"),
                    Share(Trained, "structured"),
                    Share(Trained, "live"),
                    Share(WeightControl.Shuffled, "structured"),
                    Cells.Mean(Values(rule, Trained, width, "rowNorm"), 2),
                    Cells.Mean(Values(rule, Trained, width, "featureDeviation"), 2),
                ]);
            }

            PointSeries[] points =
            [
                .. PublishedProtocol.LearningRules.Select(rule => new PointSeries(
                    rule.Name,
                    rule.Colour,
                    [.. Values(rule, Trained, width, "live").Select(value => 100 * value!.Value)],
                    [.. Values(rule, Trained, width, "ridgeAccuracy").Select(value => 100 * value!.Value)]
                )),
            ];
            double[] live = [.. points.SelectMany(series => series.X)],
                accuracy = [.. points.SelectMany(series => series.Y)];
            string correlation =
                live.Distinct().Count() > 1 && live.Length > 3
                    ? $", ρ = {Cells.Signed(Correlation.Spearman(live, accuracy), 2)}"
                    : "";
            panels.Add(
                new ScatterPanel(
                    $"{width} units{correlation}",
                    "live neurons in %",
                    "ridge probe, test accuracy in %",
                    points
                )
            );
        }

        string level = Cells.Number(100 * LiveNeurons.Level, 0);
        return
        [
            new TableArtefact(
                Name,
                new Table(
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
                    rows,
                    [
                        "Displaced: weights point elsewhere than they were drawn. Structured: "
                            + "neighbouring pixels are more alike than in "
                            + $"{100 - int.Parse(level, CultureInfo.InvariantCulture)} % of permutations of the "
                            + "same weights. Live: both.",
                        "Random was never trained: its structured share is how often the test takes "
                            + $"noise for structure, nominally {level} %. Shuffling destroys all structure but "
                            + "keeps the learned weights' distribution: the same error there.",
                    ]
                )
            ),
            new FigureArtefact(
                Name,
                new Figure(
                    "Accuracy against the share of live neurons",
                    results.Provenance.DataSet,
                    "A point is a seed. ρ: Spearman's rank correlation over all rules and seeds of a width.",
                    2,
                    panels
                )
            ),
        ];
    }
}
