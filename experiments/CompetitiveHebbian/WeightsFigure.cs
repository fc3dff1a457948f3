using System.Globalization;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>A figure of weights after training, with one panel per rule and width.</summary>
internal abstract class WeightsFigure : CompetitiveHebbianExperiment
{
    private readonly IReadOnlyList<(PaperRule Rule, int Width)> layers;
    private readonly int neurons;
    private readonly int tilesPerRow;
    private readonly bool isAnimated;

    /// <param name="number">The figure's number in the paper.</param>
    /// <param name="layers">The layers, one per panel.</param>
    /// <param name="neurons">The number of neurons in a panel.</param>
    /// <param name="isAnimated">Whether the weights are kept over training, for an animation.</param>
    protected WeightsFigure(
        int number,
        string question,
        IReadOnlyList<(PaperRule Rule, int Width)> layers,
        int neurons = PublishedProtocol.Tiles,
        int tilesPerRow = 5,
        bool isAnimated = false
    )
    {
        this.isAnimated = isAnimated;
        this.layers = layers;
        this.neurons = neurons;
        this.tilesPerRow = tilesPerRow;
        Name = string.Create(CultureInfo.InvariantCulture, $"figure-{number}");
        Title = string.Create(CultureInfo.InvariantCulture, $"Figure {number}");
        Question = string.Create(CultureInfo.InvariantCulture, $"Figure {number}: {question}");
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Question { get; }

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
        string corrected = PublishedProtocol.ConditionOf(Setup.Corrected, results.DataSetId);
        IEnumerable<string> shares = layers.Select(layer =>
            $"{LiveShare(runs, layer.Rule, corrected, layer.Width) ?? "?"} of {layer.Rule.Name}'s {Text(layer.Width)}"
        );
        string layout = results.Provenance.Shape.Channels == 1 ? "" : "colour pictures in the paper's wrong layout, ";
        string footer =
            $"Weights after one epoch: the first {neurons} neurons of seed {weights.Seed ?? "none"}, each from its "
            + $"smallest (black) to its largest (white) weight. As published: {layout}inputs normalised with MNIST's "
            + "constants; corrected: with the data set's own. Live: the share of all the layer's neurons, mean over "
            + "seeds, whose weights have moved and show more alikeness of neighbouring pixels than noise.";
        Figure figure = new(
            $"{Title}: live neurons, corrected: {string.Join(", ", shares)}",
            results.Provenance.DataSet,
            footer,
            layers.Count == 1 ? 2 : Math.Min(4, layers.Count),
            [
                .. Panels(results, weights, runs, "as published", Setup.Published),
                .. Panels(results, weights, runs, "corrected", Setup.Corrected),
            ]
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
            Title,
            results.Provenance.DataSet,
            neurons,
            moment =>
                [
                    .. from layer in layers
                    let tiles = weights.Tiles(layer.Rule.Name, condition, layer.Width, moment, neurons, false)
                    select new ImagePanel($"{layer.Rule.Name}, {Text(layer.Width)} units", tilesPerRow, tiles),
                ]
        );
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [WeightPictures.Assemble(WeightsName, runs, isAnimated ? [] : ["end"]), ProbeTable.Assemble(RunsName, runs)];

    /// <summary>The weights of every layer in one version.</summary>
    private IEnumerable<Panel> Panels(
        ResultFolder results,
        WeightPictures weights,
        ProbeTable runs,
        string version,
        Setup setup
    )
    {
        string condition = PublishedProtocol.ConditionOf(setup, results.DataSetId);
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
            string share = LiveShare(runs, rule, condition, width) is { } live ? $", {live} live" : "";
            if (tiles.Count > 0)
            {
                yield return new ImagePanel($"{rule.Name}, {Text(width)} units, {version}{share}", tilesPerRow, tiles);
            }
        }
    }

    /// <summary>The share of live neurons, mean over seeds; null if it was not measured.</summary>
    private static string? LiveShare(ProbeTable runs, PaperRule rule, string condition, int width)
    {
        double[] live =
        [
            .. runs.Values(rule.Name, condition, width, PublishedProtocol.Ridge, row => row.Live).OfType<double>(),
        ];
        return live.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * live.Average():F0} %") : null;
    }
}
