using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Beside random projections: raw pixels, principal components, shuffled weights, and neurons drawn anew.
/// </summary>
public sealed class Baselines : CompetitiveHebbianExperiment
{
    private const string Trained = "none";
    private static readonly string[] Probes =
    [
        PublishedProtocol.Ridge,
        PublishedProtocol.Softmax,
        PublishedProtocol.Published,
    ];

    /// <inheritdoc/>
    public override string Name => "baselines";

    /// <inheritdoc/>
    public override string Summary =>
        "raw pixels, PCA, shuffled weights and re-drawn neurons (0 to 100 %) at every width under every probe";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, Arm.Corrected),
            .. BaselineRuns.Shuffled(plan),
            .. BaselineRuns.Reinitialized(plan),
            .. BaselineRuns.Components(plan),
            BaselineRuns.RawPixels(plan),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [ProbeTable.Assemble(Name, records, record => record.Spec.Control)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table(Name));
        List<Artefact> artefacts = [];
        List<Panel> panels = [];
        foreach (string probe in Probes)
        {
            string Cell(string rule, string condition, int width) =>
                Cells.Mean(data.Accuracies(rule, condition, width, probe), 2);
            List<IReadOnlyList<string>> rows = [];
            rows.Add([
                "raw pixels",
                .. PublishedProtocol.Widths.Select(
                    (_, i) =>
                        i == 0 ? Cells.Mean(data.Accuracies(PublishedProtocol.Random.Name, Trained, 0, probe), 2) : ""
                ),
            ]);
            rows.Add([
                "principal components",
                .. PublishedProtocol.Widths.Select(width => Cell("pca", Trained, width)),
            ]);
            foreach (PaperRule rule in PublishedProtocol.Rules)
            {
                rows.Add([rule.Name, .. PublishedProtocol.Widths.Select(width => Cell(rule.Name, Trained, width))]);
                if (rule != PublishedProtocol.Random)
                {
                    rows.Add([
                        $"{rule.Name}, shuffled",
                        .. PublishedProtocol.Widths.Select(width => Cell(rule.Name, WeightControl.Shuffled, width)),
                    ]);
                }
            }

            artefacts.Add(
                new TableArtefact(
                    $"{Name}-{probe}",
                    new Table(
                        $"Baselines under the {probe} probe: test accuracy in %",
                        results.Provenance.DataSet,
                        ["features", .. PublishedProtocol.Widths.Select(width => $"{width}")],
                        rows,
                        [
                            "Mean over seeds ± half of the 95 % Student interval: "
                                + $"{Count(data, PublishedProtocol.OwnRule.Name, Trained, probe)} seed(s) for "
                                + "the rules, "
                                + $"{Count(data, PublishedProtocol.OwnRule.Name, WeightControl.Shuffled, probe)} "
                                + "for their shuffled weights (each neuron's learned weights permuted over its "
                                + "inputs; fewer at 2048 units on colour images).",
                            "Raw pixels (in the first column, whatever the width) and principal "
                                + "components: one run each.",
                        ]
                    )
                )
            );
            foreach (int width in PublishedProtocol.Widths)
            {
                panels.Add(
                    new LinePanel(
                        $"{probe} probe, {width} units",
                        "neurons drawn anew in %",
                        "test accuracy in %",
                        [
                            .. from rule in PublishedProtocol.LearningRules
                            let points = (
                                from fraction in BaselineRuns.Fractions
                                let values = data.Accuracies(
                                    rule.Name,
                                    fraction == 0 ? Trained : WeightControl.Reinit(fraction),
                                    width,
                                    probe
                                )
                                where values.Count > 0 && values[0] is not null
                                select (At: 100 * fraction, Value: values[0]!.Value)
                            ).ToArray()
                            where points.Length > 1
                            select new Curve(
                                rule.Name,
                                rule.Colour,
                                [.. points.Select(point => point.At)],
                                [.. points.Select(point => point.Value)]
                            ),
                        ]
                    )
                );
            }
        }

        // A column a width, a row a probe; widths that nothing was drawn anew at are left out.
        LinePanel[][] columns =
        [
            .. panels
                .OfType<LinePanel>()
                .Select((panel, i) => (panel, Column: i % PublishedProtocol.Widths.Length))
                .GroupBy(pair => pair.Column, pair => pair.panel)
                .Select(column => column.ToArray())
                .Where(column => column.Any(panel => panel.Curves.Count > 0)),
        ];
        if (columns.Length > 0)
        {
            artefacts.Add(
                new FigureArtefact(
                    Name,
                    new Figure(
                        "A share of the neurons drawn anew after training",
                        results.Provenance.DataSet,
                        "At 0 % the trained network, at 100 % random projections. The first seed.",
                        columns.Length,
                        [
                            .. from row in Enumerable.Range(0, Probes.Length)
                            from column in columns
                            select column[row].Curves.Count > 0
                                ? column[row]
                                : column[row] with
                                {
                                    Title = column[row].Title + " (not run)",
                                },
                        ]
                    )
                )
            );
        }

        return artefacts;
    }

    private static int Count(ProbeTable data, string rule, string condition, string probe) =>
        data.BySeed(rule, condition, PublishedProtocol.Widths[0], probe).Count;
}
