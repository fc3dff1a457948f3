namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Figure 1: 32 units. (a–c) weights after 100 steps, (d–f) after one epoch, (g) Gini over training, (h) the probe's
/// training loss.
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
        "figure-1",
        "Figure 1, as published",
        Setup.Published,
        rule => PublishedProtocol.LoggedLayer(rule) == PublishedProtocol.OutputLayer ? Output : Hidden,
        PublishedLoss,
        "As published: no layer normalisation. (g): SoftHebb's curve is its output layer's, as the paper's code logged "
            + "it."
    );

    private static readonly Rendering Corrected = new(
        "figure-1-corrected",
        "Figure 1, corrected",
        Setup.Corrected,
        _ => Hidden,
        RepairedLoss,
        "Corrected: the data set's own pixel constants; colour channels where they belong; (g) every rule's hidden "
            + "layer; (h) the probe with one softmax, without dropout, on standardised features."
    );

    /// <inheritdoc/>
    public override string Name => "figure-1";

    /// <inheritdoc/>
    public override string Summary => "32 units: weights early and late, Gini over training, the probe's training loss";

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
        return [Render(AsPublished, results, weights, curves), Render(Corrected, results, weights, curves)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [
            WeightPictures.Assemble(WeightsName, runs, [.. Moments.Select(moment => moment.Moment)]),
            CurveTable.Assemble(CurvesName, runs, Curves),
        ];

    private static FigureArtefact Render(
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
        LinePanel gini = new("(g) Gini of the neurons' learning", "training step", "Gini coefficient", [.. ginis]);
        LinePanel loss = new("(h) Probe's training loss, smoothed", "probe step", "loss", [.. losses]);

        // Panels a–c and d–f stand in rows of three, with g and h to their right.
        int perRow = pictures.Count / Moments.Length;
        Figure figure = new(
            rendering.Title,
            results.Provenance.DataSet,
            Note(rendering, weights, curves, condition),
            perRow + 1,
            [.. pictures.Take(perRow), gini, .. pictures.Skip(perRow), loss]
        );
        return new FigureArtefact(rendering.Name, figure);
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
                panels.Add(new ImagePanel($"({letter++}) {rule.Name}, {caption}", 5, tiles));
            }
        }

        return panels;
    }

    private static string Note(Rendering rendering, WeightPictures weights, CurveTable curves, string condition)
    {
        int lossSeeds = curves.Read(PublishedProtocol.Competitive.Name, condition, rendering.Loss).BySeed.Length;
        return $"{Width} units, one epoch, batch 32. {rendering.Note} Weights: the first {PublishedProtocol.Tiles} "
            + $"neurons of seed {weights.Seed ?? "none"}, each from its smallest (black) to its largest (white) "
            + $"weight. {curves.Note} (h): {lossSeeds} seed(s), means over 100 steps, then over {SmoothingWindow} "
            + "neighbours; a curve ends where the first of the seeds' probes stopped.";
    }

    /// <summary>One of the two versions of the figure.</summary>
    /// <param name="Gini">The curve of a rule in (g).</param>
    /// <param name="Loss">The curve of (h).</param>
    private sealed record Rendering(
        string Name,
        string Title,
        Setup Setup,
        Func<PaperRule, string> Gini,
        string Loss,
        string Note
    );
}
