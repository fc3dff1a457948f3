namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Figure 1: 32 units. (a–c) weights after 100 steps, (d–f) after one epoch, (g) Gini over training, (h) the
/// probe's training loss.
/// </summary>
internal sealed class Figure1 : CompetitiveHebbianExperiment
{
    private const int Width = 32;
    private const int SmoothingWindow = 5;
    private const string WeightsName = "figure-1-weights";
    private const string CurvesName = "figure-1-curves";
    private const string Hidden = "gini, hidden layer";
    private const string Output = "gini, output layer";
    private const string PublishedLoss = "loss of the published probe";
    private const string RepairedLoss = "loss of the repaired probe";

    private static readonly (string Moment, string Caption)[] Moments =
    [
        ("step-100", "after 100 steps"),
        ("end", "after one epoch"),
    ];

    private static readonly (string Curve, string Name)[] Curves =
    [
        (MeasureNames.Gini(PublishedProtocol.HiddenLayer), Hidden),
        (MeasureNames.Gini(PublishedProtocol.OutputLayer), Output),
        (MeasureNames.Probe(PublishedProtocol.Published, MeasureNames.TrainingLoss), PublishedLoss),
        (MeasureNames.Probe(PublishedProtocol.Repaired, MeasureNames.TrainingLoss), RepairedLoss),
    ];

    // The paper's order of the curves of (h).
    private static readonly PaperRule[] CurveOrder =
    [
        PublishedProtocol.Random,
        PublishedProtocol.HebbNet,
        PublishedProtocol.Competitive,
        PublishedProtocol.SoftHebb,
    ];

    private static readonly Rendering AsPublished = new(
        "as published",
        Setup.Published,
        rule => PublishedProtocol.LoggedLayer(rule) == PublishedProtocol.OutputLayer ? Output : Hidden,
        PublishedLoss,
        "As published: no layer normalisation. (g): SoftHebb's curve is its output layer's, as the paper's code logged "
            + "it."
    );

    private static readonly Rendering Corrected = new(
        "corrected",
        Setup.Corrected,
        _ => Hidden,
        RepairedLoss,
        "Corrected: the data set's own pixel constants; (g) every rule's hidden layer; (h) the probe with one softmax, "
            + "without dropout, on standardised features."
    );

    /// <inheritdoc/>
    public override string Name => "figure-1";

    /// <inheritdoc/>
    public override string Question => "Figure 1: what do 32 neurons learn early and late, and how equally?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, [Width]),
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, [Width], Setup.Corrected),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        WeightPictures weights = new(results.Table<WeightRow>(WeightsName), results.Provenance.Shape);
        CurveTable curves = new(results.Table<PaperCurveRow>(CurvesName));
        Rendering[] renderings = [AsPublished, Corrected];
        IReadOnlyList<Panel>[] panels = [.. renderings.Select(version => Panels(version, results, weights, curves))];
        IEnumerable<string> ginis = panels[^1]
            .OfType<LinePanel>()
            .First()
            .Curves.Where(curve => curve.Y.Count > 0)
            .Select(curve => $"{curve.Label} {Cells.Number(curve.Y[^1], 2)}");
        Figure figure = new(
            $"Figure 1: the Gini coefficient of learning after an epoch, corrected: {string.Join(", ", ginis)}",
            results.Provenance.DataSet,
            Note(results, weights, curves),
            panels[0].Count / Moments.Length,
            [.. panels.SelectMany(version => version)]
        );
        return [new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Animation> Animate(ResultFolder results)
    {
        WeightPictures weights = new(results.Table<WeightRow>(WeightsName), results.Provenance.Shape);
        string condition = PublishedProtocol.ConditionOf(Setup.Corrected, results.DataSetId);
        return weights.Animate(
            Name,
            "Figure 1",
            results.Provenance.DataSet,
            PublishedProtocol.Tiles,
            moment =>
                [
                    .. PublishedProtocol.LearningRules.Select(rule => new ImagePanel(
                        rule.Name,
                        5,
                        weights.Tiles(
                            rule.Name,
                            condition,
                            Width,
                            moment,
                            PublishedProtocol.Tiles,
                            isPrintedLayout: false
                        )
                    )),
                ]
        );
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [WeightPictures.Assemble(WeightsName, runs), CurveTable.Assemble(CurvesName, runs, Curves)];

    /// <summary>The panels of one version: rows of three pictures, each with a curve to its right.</summary>
    private static IReadOnlyList<Panel> Panels(
        Rendering rendering,
        ResultFolder results,
        WeightPictures weights,
        CurveTable curves
    )
    {
        string condition = PublishedProtocol.ConditionOf(rendering.Setup, results.DataSetId);
        IReadOnlyList<Panel> pictures = Pictures(rendering, weights, condition);
        IEnumerable<Curve> ginis = PublishedProtocol.LearningRules.Select(rule =>
            curves.Mean(rule, condition, rendering.Gini(rule))
        );
        IEnumerable<Curve> losses = CurveOrder.Select(rule =>
            curves.Mean(rule, condition, rendering.Loss, SmoothingWindow)
        );
        LinePanel gini = new($"(g) Gini, {rendering.Version}", "training step", "Gini coefficient", [.. ginis]);
        LinePanel loss = new($"(h) probe's loss, {rendering.Version}", "probe step", "training loss", [.. losses]);
        int perRow = pictures.Count / Moments.Length;
        return [.. pictures.Take(perRow), gini, .. pictures.Skip(perRow), loss];
    }

    private static IReadOnlyList<Panel> Pictures(Rendering rendering, WeightPictures weights, string condition)
    {
        List<Panel> panels = [];
        char letter = 'a';
        foreach ((string moment, string caption) in Moments)
        {
            foreach (PaperRule rule in PublishedProtocol.LearningRules)
            {
                IReadOnlyList<ImageTile> tiles = weights.Tiles(
                    rule.Name,
                    condition,
                    Width,
                    moment,
                    PublishedProtocol.Tiles,
                    isPrintedLayout: rendering.Setup == Setup.Published
                );
                panels.Add(new ImagePanel($"({letter++}) {rule.Name}, {caption}, {rendering.Version}", 5, tiles));
            }
        }

        return panels;
    }

    private static string Note(ResultFolder results, WeightPictures weights, CurveTable curves)
    {
        string published = PublishedProtocol.ConditionOf(Setup.Published, results.DataSetId);
        int lossSeeds = curves.Read(PublishedProtocol.Competitive.Name, published, PublishedLoss).BySeed.Length;
        return $"{Width} units, one epoch, batch 32. {AsPublished.Note} {Corrected.Note} Weights: the first "
            + $"{PublishedProtocol.Tiles} neurons of seed {weights.Seed ?? "none"}, each from its smallest (black) "
            + "to its "
            + $"largest (white) weight. {curves.Note} (h): {Cells.Seeds(lossSeeds)}, means over 100 steps, then over "
            + $"{SmoothingWindow} neighbours; a curve ends where the first of the seeds' probes stopped.";
    }

    /// <summary>One of the two versions of the figure.</summary>
    /// <param name="Gini">The curve of a rule in (g).</param>
    /// <param name="Loss">The curve of (h).</param>
    private sealed record Rendering(
        string Version,
        Setup Setup,
        Func<PaperRule, string> Gini,
        string Loss,
        string Note
    );
}
