using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Figure 1: 32 units. (a–c) weights after 100 steps, (d–f) after one epoch, (g) Gini over training, (h) the probe's
/// training loss.
/// </summary>
public sealed class Figure1 : CompetitiveHebbianExperiment
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

    // The paper's order of the curves of (h).
    private static readonly PaperRule[] CurveOrder =
    [
        PublishedProtocol.Random,
        PublishedProtocol.HebbNet,
        PublishedProtocol.OwnRule,
        PublishedProtocol.SoftHebb,
    ];

    /// <inheritdoc/>
    public override string Name => "figure-1";

    /// <inheritdoc/>
    public override string Summary => "32 units: weights early and late, Gini over training, the probe's training loss";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, [Width]),
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, [Width], Arm.Corrected),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [
            WeightPictures.Assemble(WeightsName, records, [.. Moments.Select(moment => moment.Moment)]),
            CurveTable.Assemble(
                CurvesName,
                records,
                [
                    (MeasureNames.Gini(PublishedProtocol.HiddenLayer), Hidden),
                    (MeasureNames.Gini(PublishedProtocol.OutputLayer), Output),
                    (MeasureNames.Probe(PublishedProtocol.Published, MeasureNames.TrainingLoss), PublishedLoss),
                    (MeasureNames.Probe(PublishedProtocol.Repaired, MeasureNames.TrainingLoss), RepairedLoss),
                ]
            ),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results) =>
        [
            Rendering(
                results,
                Name,
                "Figure 1, as published",
                Arm.Published,
                rule => PublishedProtocol.LoggedLayer(rule) == PublishedProtocol.OutputLayer ? Output : Hidden,
                PublishedLoss,
                "As published: no layer normalisation. (g): SoftHebb's curve is its output layer's, as "
                    + "the paper's code logged it."
            ),
            Rendering(
                results,
                Name + "-corrected",
                "Figure 1, corrected",
                Arm.Corrected,
                _ => Hidden,
                RepairedLoss,
                "Corrected: the data set's own pixel constants; colour channels where they belong; (g) "
                    + "every rule's hidden layer; (h) the probe with one softmax, without dropout, on "
                    + "standardised features."
            ),
        ];

    private static FigureArtefact Rendering(
        ResultFolder results,
        string name,
        string title,
        Arm arm,
        Func<PaperRule, string> gini,
        string loss,
        string note
    )
    {
        WeightPictures weights = new(results.Table(WeightsName), results.Provenance.Shape);
        CurveTable curves = new(results.Table(CurvesName));
        string condition = ProbeTable.ConditionOf(arm, results.DataSetId);
        List<Panel> panels = [];
        char letter = 'a';
        foreach ((string moment, string caption) in Moments)
        {
            foreach (PaperRule rule in PublishedProtocol.LearningRules)
            {
                panels.Add(
                    new ImagePanel(
                        $"({letter++}) {rule.Name}, {caption}",
                        5,
                        weights.Tiles(
                            rule.Name,
                            condition,
                            Width,
                            moment,
                            PublishedProtocol.Tiles,
                            isPrintedLayout: arm == Arm.Published
                        )
                    )
                );
            }
        }

        // Panels a–c and d–f stand in rows of three, with g and h to their right.
        panels.Insert(
            3,
            new LinePanel(
                "(g) Gini of the neurons' learning",
                "training step",
                "Gini coefficient",
                [.. PublishedProtocol.LearningRules.Select(rule => curves.Mean(rule, condition, gini(rule)))]
            )
        );
        panels.Add(
            new LinePanel(
                "(h) Probe's training loss, smoothed",
                "probe step",
                "loss",
                [.. CurveOrder.Select(rule => curves.Mean(rule, condition, loss, SmoothingWindow))]
            )
        );
        int lossSeeds = curves.Read(PublishedProtocol.OwnRule.Name, condition, loss).BySeed.Length;
        string footer =
            $"{Width} units, one epoch, batch 32. {note} "
            + $"Weights: the first {PublishedProtocol.Tiles} neurons of seed {weights.Seed ?? "none"}, each "
            + $"from its smallest (black) to its largest (white) weight. {curves.Note}"
            + $" (h): {lossSeeds} seed(s), means over 100 steps, then over {SmoothingWindow} neighbours; a "
            + "curve ends where the first of the seeds' probes stopped.";
        return new FigureArtefact(name, new Figure(title, results.Provenance.DataSet, footer, 4, panels));
    }
}
