using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>Error over training, Kickback against backprop, by depth and optimizer.</summary>
internal sealed class LearningCurves : KickbackExperiment
{
    private static readonly OptimizerKind[] Shown = [OptimizerKind.Sgd, OptimizerKind.Adamw];

    /// <inheritdoc/>
    public override string Name => "learning-curves";

    /// <inheritdoc/>
    public override string Summary =>
        "normalised error on validation samples over training, Kickback against backprop, by depth";

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
            $"Geometric mean over {Text(curves.Seeds)} seed(s) with its 95 % interval, after each pass over the data, "
            + "each arm at the learning rate found for it on validation samples. No normalisation. 1 is what the "
            + "mean of the targets would have; in brackets how many seeds came to their end, where not all did. "
            + KickbackArm.SignsExplained;
        Figure figure = new("Kickback against backprop", results.Provenance.DataSet, caption, columns, drawn);
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
            .Select(
                (arm, colour) => curves.Mean(arm, MeasureNames.ValidationError, arm.Label, colour, isLogarithmic: true)
            );
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
