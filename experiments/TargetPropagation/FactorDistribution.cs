using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// How the factors of a batch are distributed: as written, with the denominators put right, and weighted as least
/// squares weighs them.
/// </summary>
public sealed class FactorDistribution : TargetPropagationExperiment
{
    private static readonly (string Kind, string Label)[] Kinds =
    [
        ("asWritten", "as written, dy/⟨w,d⟩"),
        ("corrected", "corrected, dy/⟨x,d⟩"),
        ("weighted", "weighted, dy·⟨x,d⟩/mean⟨x,d⟩²"),
    ];

    /// <inheritdoc/>
    public override string Name => "factors";

    /// <inheritdoc/>
    public override string Summary =>
        "the distribution of the factors f_i, as written, corrected and weighted, and the exponent of its tail";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) => FactorRuns.Of(plan);

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable Table(string prefix) =>
            ArmTables.Measures($"{Name}-{prefix}", records, FactorRuns.ArmOf, $"notes.{prefix}.");
        return [Table("exceeds"), Table("tail")];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows shares = new(results.Table($"{Name}-exceeds")),
            tails = new(results.Table($"{Name}-tail"));
        string arm = FactorRuns.Arm(FactorRuns.Batches[0]);
        IEnumerable<Panel> Panels(string layer)
        {
            List<Curve> curves =
            [
                .. Kinds.Select(
                    (kind, colour) =>
                        MeanCurve.Of(kind.Label, colour, [.. Points(kind.Kind, layer)], isLogarithmic: true)
                ),
            ];
            double[] reference = [.. curves[1].X.Where(at => at >= 0.4)];
            curves.Add(
                new Curve(
                    "∝ 1/M: no finite mean",
                    curves.Count,
                    reference,
                    [.. reference.Select(at => Math.Pow(10, -at))]
                )
            );
            return PanelOf(
                Title(layer),
                "M, in medians of |f|",
                "share of factors above M",
                curves,
                DecadeTicks.Of(0, reference.DefaultIfEmpty().Max()),
                isLogarithmic: true
            );
        }

        IEnumerable<(double At, double[] Values)> Points(string kind, string layer) =>
            shares
                .MeasuresOf(arm, $"{kind}.{layer}.")
                .Select(multiple => double.Parse(multiple, CultureInfo.InvariantCulture))
                .Order()
                .Select(multiple =>
                    (
                        Math.Log10(multiple),
                        shares.Measure(arm, string.Create(CultureInfo.InvariantCulture, $"{kind}.{layer}.{multiple}"))
                    )
                )
                // Beyond the largest of all there is nothing to draw.
                .Where(point => point.Item2.All(share => share > 0));
        return
        [
            .. FigureOf(
                Name,
                "Factors of single directions",
                results,
                "Share of a batch's factors above M times their median, in magnitude, one of every "
                    + $"denominator; along 32 directions, each taken alone, at every step of a pass, {arm}; "
                    + $"mean over {shares.Seeds} seed(s) with its 95 % interval.",
                2,
                FactorRuns.Layers.SelectMany(Panels)
            ),
            new TableArtefact(
                Name,
                new Table(
                    "Exponent of the factors' tail",
                    results.Provenance.DataSet,
                    [
                        "factor",
                        .. tails.Arms.SelectMany(batch =>
                            FactorRuns.Layers.Select(layer => $"{Title(layer)}, {batch}")
                        ),
                    ],
                    [
                        .. Kinds.Select(kind =>
                            (IReadOnlyList<string>)
                                [
                                    kind.Label,
                                    .. tails.Arms.SelectMany(batch =>
                                        FactorRuns.Layers.Select(layer =>
                                            Cells.Mean(tails.Measure(batch, $"{kind.Kind}.{layer}"), 2)
                                        )
                                    ),
                                ]
                        ),
                    ],
                    [
                        "Hill's estimator on the largest hundredth of a step's factors, one of every "
                            + "denominator; mean over steps, then over seeds with its 95 % interval. An "
                            + "exponent of at most 1 has no mean, of at most 2 no variance. As written the "
                            + "output layer has too few denominators, one a neuron and direction, to have a "
                            + "tail estimated.",
                    ]
                )
            ),
        ];
    }

    private static string Title(string layer) => layer == "output" ? "output layer" : "hidden layer";
}
