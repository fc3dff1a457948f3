using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Figure 3: how unequally the own rule's 32 neurons learn over training (printed for CIFAR-10).</summary>
public sealed class Figure3 : CompetitiveHebbianExperiment
{
    private const int Width = 32;
    private const string Curve = "gini";

    /// <inheritdoc/>
    public override string Name => "figure-3";

    /// <inheritdoc/>
    public override string Summary => "own rule, 32 units: Gini over training";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, [PublishedProtocol.OwnRule], [Width]),
            .. PublishedProtocol.Grid(plan, [PublishedProtocol.OwnRule], [Width], Arm.Corrected),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [CurveTable.Assemble(Name, records, [(MeasureNames.Gini(PublishedProtocol.HiddenLayer), Curve)])];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        CurveTable curves = new(results.Table(Name));
        FigureArtefact Rendering(string name, string title, Arm arm, string note) =>
            new(
                name,
                new Figure(
                    title,
                    results.Provenance.DataSet,
                    $"{Width} units, one epoch, batch 32, learning rate 0.05. {note} {curves.Note}",
                    1,
                    [
                        new LinePanel(
                            "Gini of the neurons' learning",
                            "training step",
                            "Gini coefficient",
                            [
                                curves.Mean(
                                    PublishedProtocol.OwnRule,
                                    ProbeTable.ConditionOf(arm, results.DataSetId),
                                    Curve
                                ),
                            ]
                        ),
                    ]
                )
            );
        return
        [
            Rendering(Name, "Figure 3, as published", Arm.Published, "Inputs normalised with MNIST's constants."),
            Rendering(
                Name + "-corrected",
                "Figure 3, corrected",
                Arm.Corrected,
                "Inputs normalised with the data set's own constants."
            ),
        ];
    }
}
