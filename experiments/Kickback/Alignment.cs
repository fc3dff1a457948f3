using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Whether Kickback points where backprop does: cosine of the proposed steps per layer, at initialisation and after
/// training.
/// </summary>
public sealed class Alignment : KickbackExperiment
{
    private static readonly OptimizerKind[] Shown = [OptimizerKind.Sgd, OptimizerKind.Adamw];

    /// <inheritdoc/>
    public override string Name => "alignment";

    /// <inheritdoc/>
    public override string Summary =>
        "cosine and sign agreement of Kickback's step with backprop's per layer, for three "
        + "initialisations, before and after training";

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [
            ArmCurves.Assemble(
                Name,
                records.Where(KickbackProtocol.IsTuned),
                curve => curve.StartsWith("alignment.", StringComparison.Ordinal),
                ends: true
            ),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurves curves = new(results.Table(Name));
        List<Panel> panels = [];
        List<IReadOnlyList<string>> rows = [];
        foreach (
            (OptimizerKind optimizer, bool first) in new[]
            {
                (OptimizerKind.Adamw, true),
                (OptimizerKind.Sgd, false),
                (OptimizerKind.Adamw, false),
            }
        )
        {
            Curve[] drawn =
            [
                .. KickbackProtocol
                    .Initializations.Select(
                        (initialization, colour) =>
                        {
                            KickbackArm arm = KickbackArm.Kickback(
                                initialization,
                                optimizer,
                                Normalization.None,
                                KickbackProtocol.Deepest
                            );
                            (double At, double[] values)[] points =
                            [
                                .. from layer in Enumerable.Range(1, KickbackProtocol.Deepest)
                                let values = curves.AtEnd(arm, CosineOf(layer, arm.Depth), first).Values.ToArray()
                                where values.Length > 0
                                select ((double)layer, values),
                            ];
                            int fewest = points.Select(point => point.values.Length).DefaultIfEmpty(0).Min();
                            return points.Length > 0
                                ? MeanCurve.Of(
                                    KickbackArm.Signs(initialization)
                                        + (fewest < curves.Seeds ? $" ({fewest} of {curves.Seeds})" : ""),
                                    colour,
                                    points,
                                    isLogarithmic: false
                                )
                                : null;
                        }
                    )
                    .OfType<Curve>(),
            ];
            panels.Add(
                new LinePanel(
                    first
                        ? "before the first step"
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"at step {curves.LastStep}, {KebabCase.From(optimizer)}"
                        ),
                    "hidden layer",
                    "cosine to backprop's step",
                    drawn
                )
            );
        }

        foreach (KickbackArm arm in All(KickbackProtocol.Depths))
        {
            string[] cells =
            [
                .. Enumerable
                    .Range(1, KickbackProtocol.Deepest)
                    .Select(layer =>
                        layer > arm.Depth
                            ? ""
                            : string.Join(
                                " → ",
                                new[] { true, false }.Select(first =>
                                    Cosine([.. curves.AtEnd(arm, CosineOf(layer, arm.Depth), first).Values])
                                )
                            )
                    ),
            ];
            if (cells[0] != $"{Cells.NotRun} → {Cells.NotRun}")
            {
                rows.Add([arm.Label, KebabCase.From(arm.Optimizer), $"{arm.Depth}", .. cells]);
            }
        }

        return
        [
            new FigureArtefact(
                Name,
                new Figure(
                    "Does Kickback point where backprop does?",
                    results.Provenance.DataSet,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Cosine between the weight changes that Kickback and backprop propose on the "
                            + $"same batch, per hidden layer of {KickbackProtocol.Deepest}; mean over "
                            + $"{curves.Seeds} seed(s), fewer where a layer died (in brackets the fewest), with "
                            + $"its 95 % interval. In the last hidden layer they are the same rule. The "
                            + $"optimizer's own steps are not compared. {KickbackArm.SignsExplained}"
                    ),
                    3,
                    panels
                )
            ),
            new TableArtefact(
                Name,
                new Table(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Cosine of Kickback's step to backprop's per hidden layer, before the first step "
                            + $"→ at step {curves.LastStep}"
                    ),
                    results.Provenance.DataSet,
                    [
                        "rule and initial weights",
                        "optimizer",
                        "hidden layers",
                        .. Enumerable.Range(1, KickbackProtocol.Deepest).Select(layer => $"hidden {layer}"),
                    ],
                    rows,
                    [
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Mean over {curves.Seeds} seed(s) ± 95 % interval. Seeds whose layer is dead "
                                + $"by then have no direction and are left out."
                        ),
                    ]
                )
            ),
        ];

        string Cosine(IReadOnlyList<double> values) =>
            Cells.Mean([.. values.Select(value => (double?)value)], 2)
            + (values.Count > 0 && values.Count < curves.Seeds ? $" ({values.Count} of {curves.Seeds})" : "");

        static string CosineOf(int layer, int depth) =>
            MeasureNames.Alignment(MeasureNames.Layer(layer - 1, depth + 1), "cosine");
    }

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        All(KickbackProtocol.DepthsOf(plan.Profile));

    private static IEnumerable<KickbackArm> All(IEnumerable<int> depths) =>
        from optimizer in Shown
        from depth in depths
        from initialization in KickbackProtocol.Initializations
        select KickbackArm.Kickback(initialization, optimizer, Normalization.None, depth);
}
