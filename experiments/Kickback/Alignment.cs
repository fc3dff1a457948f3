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
    public override string Question => "Does Kickback's step point where backpropagation's does, layer by layer?";

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurveTable curves = new(results.Table<ArmCurveRow>(Name));
        string seeds = Cells.Seeds(curves.Seeds),
            last = Text(curves.LastStep);
        string caption =
            "Cosine between the weight changes that Kickback and backprop propose on the same batch, per hidden layer "
            + $"of {KickbackProtocol.Deepest}; mean over {seeds}, fewer where a layer "
            + "died (the table says how many), with its 95 % interval. In the last hidden layer they are the same "
            + "rule. The "
            + $"optimizer's own steps are not compared. {KickbackArm.SignsExplained}";
        LinePanel[] panels =
        [
            PanelOf(curves, OptimizerKind.Adamw, first: true),
            PanelOf(curves, OptimizerKind.Sgd, first: false),
            PanelOf(curves, OptimizerKind.Adamw, first: false),
        ];
        IEnumerable<string> starts = panels[0]
            .Curves.Where(curve => curve.X[0] == Layers[0])
            .Select(curve => $"{curve.Label} {Cells.Signed(curve.Y[0], 2)}");
        Figure figure = new(
            $"Cosine of Kickback's first step to backprop's, first hidden layer: {string.Join(", ", starts)}",
            results.Provenance.DataSet,
            caption,
            3,
            panels
        );
        IEnumerable<IReadOnlyList<string>> rows =
            from arm in All(KickbackProtocol.Depths)
            let cells = Layers.Select(layer => layer > arm.Depth ? "" : Cell(curves, arm, layer)).ToArray()
            where cells[0] != $"{Cells.NotRun} → {Cells.NotRun}"
            select (string[])[arm.Label, KebabCase.From(arm.Optimizer), Text(arm.Depth), .. cells];
        string[] notes =
        [
            $"Mean over {seeds} ± 95 % interval. Seeds whose layer is dead by then have no direction and "
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
            (initialization, i) => CurveOf(curves, initialization, optimizer, first, SeriesStyles.At(i))
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
        SeriesStyle style
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

        return MeanCurve.Of(KickbackArm.Signs(initialization), style, points, isLogarithmic: false);
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
