using System.Globalization;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>A figure of weights after training, with one panel per rule and width.</summary>
internal abstract class WeightsFigure : CompetitiveHebbianExperiment
{
    private readonly IReadOnlyList<(PaperRule Rule, int Width)> layers;
    private readonly int neurons;
    private readonly int tilesPerRow;

    /// <param name="number">The figure's number in the paper.</param>
    /// <param name="layers">The layers, one per panel.</param>
    /// <param name="neurons">The number of neurons in a panel.</param>
    protected WeightsFigure(
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

    private string WeightsName => Name + "-weights";

    private string RunsName => Name + "-runs";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        from setup in new[] { Setup.Published, Setup.Corrected }
        from layer in layers
        from run in PublishedProtocol.Grid(plan, [layer.Rule], [layer.Width], setup)
        select run;

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        WeightPictures weights = new(results.Table<WeightRow>(WeightsName), results.Provenance.Shape);
        ProbeTable runs = new(results.Table<ProbeRow>(RunsName));
        return
        [
            Render(
                results,
                weights,
                runs,
                Name,
                "as published",
                Setup.Published,
                "As published: colour pictures in the paper's wrong layout, inputs normalised with MNIST's constants."
            ),
            Render(
                results,
                weights,
                runs,
                Name + "-corrected",
                "corrected",
                Setup.Corrected,
                "Corrected: colour channels where they belong, inputs normalised with the data set's own constants."
            ),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [WeightPictures.Assemble(WeightsName, runs, "end"), ProbeTable.Assemble(RunsName, runs)];

    private FigureArtefact Render(
        ResultFolder results,
        WeightPictures weights,
        ProbeTable runs,
        string name,
        string version,
        Setup setup,
        string note
    )
    {
        string condition = PublishedProtocol.ConditionOf(setup, results.DataSetId);
        List<Panel> panels = [];
        char letter = 'a';
        foreach ((PaperRule rule, int width) in layers)
        {
            IReadOnlyList<ImageTile> tiles = weights.Tiles(
                rule.Name,
                condition,
                width,
                "end",
                neurons,
                isPrintedLayout: setup == Setup.Published
            );
            string share = LiveShare(runs, rule, condition, width);
            panels.Add(new ImagePanel($"({letter++}) {rule.Name}, {width} units{share}", tilesPerRow, tiles));
        }

        string footer =
            $"Weights after one epoch: the first {neurons} neurons of seed {weights.Seed ?? "none"}, each from its "
            + $"smallest (black) to its largest (white) weight. {note} Live: the share of all the layer's neurons, "
            + "mean over seeds, whose weights have moved and show more alikeness of neighbouring pixels than noise.";
        Figure figure = new(
            $"{Title}, {version}",
            results.Provenance.DataSet,
            footer,
            Math.Min(4, layers.Count),
            panels
        );
        return new FigureArtefact(name, figure);
    }

    private static string LiveShare(ProbeTable runs, PaperRule rule, string condition, int width)
    {
        double[] live =
        [
            .. runs.Values(rule.Name, condition, width, PublishedProtocol.Ridge, row => row.Live).OfType<double>(),
        ];
        return live.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $", {100 * live.Average():F0} % live")
            : "";
    }
}
