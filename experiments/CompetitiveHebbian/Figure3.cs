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
    public override string Summary => "competitive rule, 32 units: Gini over training";

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
        return
        [
            Render(
                results,
                curves,
                Name,
                "Figure 3, as published",
                Setup.Published,
                "Inputs normalised with MNIST's constants."
            ),
            Render(
                results,
                curves,
                Name + "-corrected",
                "Figure 3, corrected",
                Setup.Corrected,
                "Inputs normalised with the data set's own constants."
            ),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [CurveTable.Assemble(Name, runs, [(MeasureNames.Gini(PublishedProtocol.HiddenLayer), Gini)])];

    private static FigureArtefact Render(
        ResultFolder results,
        CurveTable curves,
        string name,
        string title,
        Setup setup,
        string note
    )
    {
        string condition = PublishedProtocol.ConditionOf(setup, results.DataSetId);
        LinePanel panel = new(
            "Gini of the neurons' learning",
            "training step",
            "Gini coefficient",
            [curves.Mean(PublishedProtocol.Competitive, condition, Gini)]
        );
        Figure figure = new(
            title,
            results.Provenance.DataSet,
            $"{Width} units, one epoch, batch 32, learning rate 0.05. {note} {curves.Note}",
            1,
            [panel]
        );
        return new FigureArtefact(name, figure);
    }
}
