namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Figure 3: how unequally the 32 neurons of the competitive rule learn over training (printed for CIFAR-10).
/// </summary>
internal sealed class Figure3 : CompetitiveHebbianExperiment
{
    /// <summary>The name of the curve in the table.</summary>
    public const string Gini = "gini";

    private const int Width = 32;

    /// <inheritdoc/>
    public override string Name => "figure-3";

    /// <inheritdoc/>
    public override string Question =>
        "Figure 3: how equally do the 32 neurons of the competitive rule learn over an epoch?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, [PublishedProtocol.Competitive], [Width]),
            .. PublishedProtocol.Grid(plan, [PublishedProtocol.Competitive], [Width], Setup.Corrected),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        CurveTable curves = new(results.Table<PaperCurveRow>(Name));
        LinePanel[] panels =
        [
            PanelOf(results, curves, "as published", Setup.Published),
            PanelOf(results, curves, "corrected", Setup.Corrected),
        ];
        string ends = string.Join(
            ", ",
            panels
                .Where(panel => panel.Curves[0].Y.Count > 0)
                .Select(panel => $"{Cells.Number(panel.Curves[0].Y[^1], 2)} {panel.Title}")
        );
        Figure figure = new(
            $"Figure 3: the Gini coefficient of Competitive's learning after an epoch: {ends}",
            results.Provenance.DataSet,
            $"{Width} units, one epoch, batch 32, learning rate 0.05. As published: inputs normalised with MNIST's "
                + $"constants; corrected: with the data set's own. {curves.Note}",
            2,
            panels
        );
        return [new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [CurveTable.Assemble(Name, runs, [(MeasureNames.Gini(PublishedProtocol.HiddenLayer), Gini)])];

    private static LinePanel PanelOf(ResultFolder results, CurveTable curves, string version, Setup setup)
    {
        string condition = PublishedProtocol.ConditionOf(setup, results.DataSetId);
        Curve gini = curves.Mean(PublishedProtocol.Competitive, condition, Gini);
        return new LinePanel(version, "training step", "Gini coefficient", [gini]);
    }
}
