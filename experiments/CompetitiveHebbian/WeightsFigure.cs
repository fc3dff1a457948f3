using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>A figure of weights after training: a panel a rule and width.</summary>
public abstract class WeightsFigure : CompetitiveHebbianExperiment
{
    private readonly IReadOnlyList<(PaperRule Rule, int Width)> layers;
    private readonly int neurons;
    private readonly int tilesPerRow;

    /// <param name="number">The figure's in the paper.</param>
    /// <param name="layers">A panel each.</param>
    /// <param name="neurons">A panel.</param>
    private protected WeightsFigure(
        int number,
        string summary,
        IReadOnlyList<(PaperRule Rule, int Width)> layers,
        int neurons = PublishedProtocol.Tiles,
        int tilesPerRow = 5
    )
    {
        this.layers = layers;
        this.neurons = neurons;
        this.tilesPerRow = tilesPerRow;
        Name = string.Create(CultureInfo.InvariantCulture, $"figure-{number}");
        Title = string.Create(CultureInfo.InvariantCulture, $"Figure {number}");
        Summary = summary;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Summary { get; }

    private string Title { get; }

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        from arm in new[] { Arm.Published, Arm.Corrected }
        from layer in layers
        from run in PublishedProtocol.Grid(plan, [layer.Rule], [layer.Width], arm)
        select run;

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [
            WeightPictures.Assemble(Name + "-weights", records, "end"),
            ProbeTable.Assemble(Name + "-runs", records, ProbeTable.ArmOf),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results) =>
        [
            Rendering(
                results,
                Name,
                "as published",
                Arm.Published,
                "As published: colour pictures in the paper's wrong layout, inputs normalised with MNIST's constants."
            ),
            Rendering(
                results,
                Name + "-corrected",
                "corrected",
                Arm.Corrected,
                "Corrected: colour channels where they belong, inputs normalised with the data set's own constants."
            ),
        ];

    private FigureArtefact Rendering(ResultFolder results, string name, string rendering, Arm arm, string note)
    {
        WeightPictures weights = new(results.Table(Name + "-weights"), results.Provenance.Shape);
        ProbeTable runs = new(results.Table(Name + "-runs"));
        string condition = ProbeTable.ConditionOf(arm, results.DataSetId);
        List<Panel> panels = [];
        char letter = 'a';
        foreach ((PaperRule rule, int width) in layers)
        {
            double?[] live =
            [
                .. runs.Values(rule.Name, condition, width, PublishedProtocol.Ridge, "live")
                    .Where(value => value is not null),
            ];
            string share =
                live.Length > 0
                    ? string.Create(CultureInfo.InvariantCulture, $", {100 * live.Average():F0} % live")
                    : "";
            panels.Add(
                new ImagePanel(
                    $"({letter++}) {rule.Name}, {width} units{share}",
                    tilesPerRow,
                    weights.Tiles(rule.Name, condition, width, "end", neurons, isPrintedLayout: arm == Arm.Published)
                )
            );
        }

        string footer =
            $"Weights after one epoch: the first {neurons} neurons of seed {weights.Seed ?? "none"}, each "
            + $"from its smallest (black) to its largest (white) weight. {note}"
            + " Live: the share of all the layer's neurons, mean over seeds, whose weights have moved and "
            + "show more alikeness of neighbouring pixels than noise.";
        return new FigureArtefact(
            name,
            new Figure($"{Title}, {rendering}", results.Provenance.DataSet, footer, Math.Min(4, layers.Count), panels)
        );
    }
}
