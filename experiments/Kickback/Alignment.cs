using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Whether Kickback points where backprop does: cosine of the proposed steps per layer, at initialisation and after
/// training.
/// </summary>
internal sealed class Alignment : KickbackExperiment
{
    private static readonly OptimizerKind[] Shown = [OptimizerKind.Sgd, OptimizerKind.Adamw];

    private static readonly int[] Layers = [.. Enumerable.Range(1, KickbackProtocol.Deepest)];

    /// <inheritdoc/>
    public override string Name => "alignment";

    /// <inheritdoc/>
    public override string Summary =>
        "cosine and sign agreement of Kickback's step with backprop's per layer, for three initialisations, before and "
        + "after training";

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurveTable curves = new(results.Table<ArmCurveRow>(Name));
        string seeds = Text(curves.Seeds),
            last = Text(curves.LastStep);
        string caption =
            "Cosine between the weight changes that Kickback and backprop propose on the same batch, per hidden layer "
            + $"of {KickbackProtocol.Deepest}; mean over {seeds} seed(s), fewer where a layer died (in brackets "
            + "the fewest), with its 95 % interval. In the last hidden layer they are the same rule. The "
            + $"optimizer's own steps are not compared. {KickbackArm.SignsExplained}";
        Figure figure = new(
            "Does Kickback point where backprop does?",
            results.Provenance.DataSet,
            caption,
            3,
            [
                PanelOf(curves, OptimizerKind.Adamw, first: true),
                PanelOf(curves, OptimizerKind.Sgd, first: false),
                PanelOf(curves, OptimizerKind.Adamw, first: false),
            ]
        );
        IEnumerable<IReadOnlyList<string>> rows =
            from arm in All(KickbackProtocol.Depths)
            let cells = Layers.Select(layer => layer > arm.Depth ? "" : Cell(curves, arm, layer)).ToArray()
            where cells[0] != $"{Cells.NotRun} → {Cells.NotRun}"
            select (string[])[arm.Label, KebabCase.From(arm.Optimizer), Text(arm.Depth), .. cells];
        string[] notes =
        [
            $"Mean over {seeds} seed(s) ± 95 % interval. Seeds whose layer is dead by then have no direction and "
                + "are left out.",
        ];
        Table table = new(
            $"Cosine of Kickback's step to backprop's per hidden layer, before the first step → at step {last}",
            results.Provenance.DataSet,
            ["rule and initial weights", "optimizer", "hidden layers", .. Layers.Select(layer => $"hidden {layer}")],
            [.. rows],
            notes
        );
        return [new FigureArtefact(Name, figure), new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        All(KickbackProtocol.DepthsOf(plan.Profile));

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs) =>
        [ArmCurveTable.Assemble(Name, runs, IsAlignment, ends: true)];

    private static LinePanel PanelOf(ArmCurveTable curves, OptimizerKind optimizer, bool first)
    {
        IEnumerable<Curve?> drawn = KickbackProtocol.Initializations.Select(
            (initialization, colour) => CurveOf(curves, initialization, optimizer, first, colour)
        );
        return new LinePanel(
            first ? "before the first step" : $"at step {Text(curves.LastStep)}, {KebabCase.From(optimizer)}",
            "hidden layer",
            "cosine to backprop's step",
            [.. drawn.OfType<Curve>()]
        );
    }

    /// <summary>The cosines of an arm's layers; null if it was not run.</summary>
    private static Curve? CurveOf(
        ArmCurveTable curves,
        Initialization initialization,
        OptimizerKind optimizer,
        bool first,
        int colour
    )
    {
        KickbackArm arm = KickbackArm.Kickback(initialization, optimizer, Normalization.None, KickbackProtocol.Deepest);
        (double At, double[] Values)[] points =
        [
            .. from layer in Layers
            let values = curves.AtEnd(arm, Cosine(layer - 1, arm.Depth), first).Values.ToArray()
            where values.Length > 0
            select ((double)layer, values),
        ];
        if (points.Length == 0)
        {
            return null;
        }

        int fewest = points.Min(point => point.Values.Length);
        string some = fewest < curves.Seeds ? $" ({fewest} of {curves.Seeds})" : "";
        return MeanCurve.Of(KickbackArm.Signs(initialization) + some, colour, points, isLogarithmic: false);
    }

    private static string Cell(ArmCurveTable curves, KickbackArm arm, int layer)
    {
        string At(bool first)
        {
            double[] values = [.. curves.AtEnd(arm, Cosine(layer - 1, arm.Depth), first).Values];
            bool areSome = values.Length > 0 && values.Length < curves.Seeds;
            return Cells.Mean(values, 2) + (areSome ? $" ({values.Length} of {curves.Seeds})" : "");
        }

        return $"{At(first: true)} → {At(first: false)}";
    }

    private static IEnumerable<KickbackArm> All(IEnumerable<int> depths) =>
        from optimizer in Shown
        from depth in depths
        from initialization in KickbackProtocol.Initializations
        select KickbackArm.Kickback(initialization, optimizer, Normalization.None, depth);
}
