using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F1 × F2 × F9: doubled softmax, layer normalisation and probe dropout in all eight combinations.</summary>
public sealed class ProbeFactorial : CompetitiveHebbianExperiment
{
    private static readonly (string Label, Arm Arm, string Probe, int Colour)[] Corners =
    [
        ("as published", Arm.Published, PublishedProtocol.Published, 0),
        ("F1 repaired", Arm.Published, PublishedProtocol.SingleSoftmax, 1),
        ("F9 repaired", Arm.Published, PublishedProtocol.NoDropout, 2),
        ("F1, F9 repaired", Arm.Published, PublishedProtocol.SingleSoftmaxNoDropout, 3),
        ("F2 repaired", Arm.LayerNormalized, PublishedProtocol.Published, 4),
        ("F1, F2 repaired", Arm.LayerNormalized, PublishedProtocol.SingleSoftmax, 5),
        ("F2, F9 repaired", Arm.LayerNormalized, PublishedProtocol.NoDropout, 6),
        ("all three", Arm.LayerNormalized, PublishedProtocol.SingleSoftmaxNoDropout, 7),
    ];

    /// <inheritdoc/>
    public override string Name => "probe-factorial";

    /// <inheritdoc/>
    public override string Summary =>
        "F1 × F2 × F9: doubled softmax × layer normalisation × probe dropout, every combination";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [.. FaultRuns.Factorial(plan), .. FaultRuns.LayerNormalized(plan)];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [ProbeTable.Assemble(Name, records, ProbeTable.ArmOf)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table(Name));
        List<IReadOnlyList<string>> rows = [];
        List<Panel> panels = [];
        HashSet<int> seeds = [];
        foreach (PaperRule rule in PublishedProtocol.Rules)
        {
            IReadOnlyList<double?> Accuracies((string Label, Arm Arm, string Probe, int Colour) corner, int width) =>
                data.Accuracies(rule.Name, KebabCase.From(corner.Arm), width, corner.Probe);
            foreach (int width in PublishedProtocol.Widths)
            {
                rows.Add([
                    rule.Name,
                    width.ToString(CultureInfo.InvariantCulture),
                    .. Corners.Select(corner =>
                    {
                        IReadOnlyList<double?> missing = data.Values(
                            rule.Name,
                            KebabCase.From(corner.Arm),
                            width,
                            corner.Probe,
                            "classesNeverPredicted"
                        );
                        double[] counts = [.. missing.OfType<double>()];
                        seeds.Add(counts.Length);
                        return Cells.Mean(Accuracies(corner, width), 1)
                            + (counts.Sum() > 0 ? $" ({Cells.Number(counts.Average(), 1)} never)" : "");
                    }),
                ]);
            }

            panels.Add(
                new LinePanel(
                    rule.Name,
                    "hidden units",
                    "test accuracy in %",
                    [
                        .. from corner in Corners
                        let points = (
                            from width in PublishedProtocol.Widths
                            let values = Accuracies(corner, width).OfType<double>().ToArray()
                            where values.Length > 0
                            select (At: Math.Log2(width), Interval: SeedInterval.Of(values))
                        ).ToArray()
                        select new Curve(
                            corner.Label,
                            corner.Colour,
                            [.. points.Select(point => point.At)],
                            [.. points.Select(point => point.Interval.Mean)]
                        ),
                    ],
                    WidthTicks(PublishedProtocol.Widths)
                )
            );
        }

        string note =
            seeds.Max() > 1
                ? $"Mean over {string.Join(" or ", seeds.Where(count => count > 1).Order())} seeds"
                : "One seed";
        note += seeds.Contains(0) ? "; where nothing stands, nothing was run." : ".";
        return
        [
            new TableArtefact(
                Name,
                new Table(
                    "F1 × F2 × F9: test accuracy in % of the published probe with its faults repaired in "
                        + "every combination; in brackets the mean number of classes never predicted",
                    results.Provenance.DataSet,
                    ["rule", "units", .. Corners.Select(corner => corner.Label)],
                    rows,
                    [
                        "F1: doubled softmax; F2: no layer normalisation; F9: dropout on the features. "
                            + note
                            + (seeds.Max() > 1 ? " ± half of its 95 % Student interval." : ""),
                    ]
                )
            ),
            new FigureArtefact(
                Name,
                new Figure(
                    "The published probe with its faults repaired",
                    results.Provenance.DataSet,
                    "One epoch of training, then the published probe. F1: doubled softmax; F2: no layer "
                        + $"normalisation; F9: dropout on the features. {note}",
                    2,
                    panels
                )
            ),
        ];
    }
}
