using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>Error over training, Kickback against backprop, by depth and optimizer.</summary>
internal sealed class LearningCurves : KickbackExperiment
{
    private static readonly OptimizerKind[] Shown = [OptimizerKind.Sgd, OptimizerKind.Adamw];

    /// <inheritdoc/>
    public override string Name => "learning-curves";

    /// <inheritdoc/>
    public override string Question => "How fast does Kickback learn beside backprop, by depth and optimizer?";

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurveTable curves = new(results.Table<ArmCurveRow>(Name));
        IEnumerable<LinePanel> panels =
            from optimizer in Shown
            from depth in KickbackProtocol.Depths
            select PanelOf(curves, optimizer, depth);
        LinePanel[] drawn = [.. panels.Where(panel => panel.Curves.Count > 0)];
        int columns = drawn.Length % KickbackProtocol.Depths.Length == 0 ? KickbackProtocol.Depths.Length : 2;
        string caption =
            $"Geometric mean over {Cells.Seeds(curves.Seeds)} with its 95 % interval, after each pass over the data, "
            + "each arm at the learning rate found for it on validation samples. No normalisation. 1 is what the "
            + "mean of the targets would have. "
            + KickbackArm.SignsExplained
            + curves.Unfinished(
                from optimizer in Shown
                from depth in KickbackProtocol.Depths
                from arm in Methods(optimizer, depth)
                select arm,
                MeasureNames.ValidationError
            );
        if (drawn.Length == 0)
        {
            return [];
        }

        OptimizerKind last = Shown[^1];
        int deepest = curves.Deepest;
        IEnumerable<string> ends =
            from arm in Methods(last, deepest)
            where arm.Rule == KickbackArm.BackpropRule || arm.Initialization == Initialization.SignMatchedScaled
            let curve = curves.Mean(arm, MeasureNames.ValidationError, arm.Label, arm.Style, isLogarithmic: true)
            where curve is not null
            select $"{arm.Label} {Cells.Number(curve.Y[^1], 3)}";
        string title = $"Normalised validation error at the end, {drawn[^1].Title}: {string.Join("; ", ends)}";
        Figure figure = new(title, results.Provenance.DataSet, caption, columns, drawn);
        return [new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        from optimizer in Shown
        from depth in KickbackProtocol.DepthsOf(plan.Profile)
        from arm in Methods(optimizer, depth)
        select arm;

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs) =>
        [ArmCurveTable.Assemble(Name, runs, curve => curve == MeasureNames.ValidationError)];

    private static LinePanel PanelOf(ArmCurveTable curves, OptimizerKind optimizer, int depth)
    {
        IEnumerable<Curve?> drawn = Methods(optimizer, depth)
            .Select(arm => curves.Mean(arm, MeasureNames.ValidationError, arm.Label, arm.Style, isLogarithmic: true));
        return new LinePanel(
            $"{depth} hidden layers, {KebabCase.From(optimizer)}",
            "step",
            "normalised validation error",
            [.. drawn.OfType<Curve>()],
            IsLogarithmic: true
        );
    }

    private static KickbackArm[] Methods(OptimizerKind optimizer, int depth) =>
        [
            KickbackArm.Backprop(Initialization.He, optimizer, Normalization.None, depth),
            KickbackArm.Kickback(Initialization.SignMatchedScaled, optimizer, Normalization.None, depth),
            KickbackArm.Kickback(Initialization.SignMatched, optimizer, Normalization.None, depth),
            KickbackArm.Kickback(Initialization.He, optimizer, Normalization.None, depth),
            KickbackArm.Backprop(Initialization.SignMatchedScaled, optimizer, Normalization.None, depth),
        ];
}
