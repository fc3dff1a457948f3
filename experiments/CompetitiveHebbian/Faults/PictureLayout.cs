using MathNet.Numerics.Statistics;
using Reproduction.Data;
using Reproduction.Evaluation.Training;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F4: weight pictures of colour images, in the printed layout and in the right one.</summary>
internal sealed class PictureLayout : CompetitiveHebbianExperiment
{
    private const int Width = 32;
    private const string WeightsName = "fault-4-weights";

    /// <inheritdoc/>
    public override string Name => "fault-4-picture-layout";

    /// <inheritdoc/>
    public override string Question =>
        "F4: what do weights of colour images look like in the printed and in the right layout?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        plan.DataSet == CifarDataSet.Cifar10.Id
            ? PublishedProtocol.Grid(plan, PublishedProtocol.LearningRules, [Width], Setup.Published, seeds: 1)
            : [];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        WeightPictures weights = new(results.Table<WeightRow>(WeightsName), results.Provenance.Shape);
        IReadOnlyList<PictureRow> alikeness = results.Table<PictureRow>(Name);
        IEnumerable<Panel> panels =
            from isPrinted in new[] { true, false }
            from rule in PublishedProtocol.LearningRules
            select PanelOf(weights, rule, isPrinted);
        string caption =
            $"{Width} units, one epoch, as published; the first {PublishedProtocol.Tiles} neurons of seed "
            + $"{weights.Seed ?? "none"}. A row of weights holds the red, the green and the blue plane one after "
            + "the other; the paper's code reshaped it as if the three values of a pixel lay together, which tiles "
            + "a picture into a 3×3 mosaic of sub-sampled planes.";
        Figure figure = new(TitleOf(alikeness), results.Provenance.DataSet, caption, 3, [.. panels]);
        string[] notes =
        [
            "1: neighbours are equal; 0: as alike as in noise. Structured: more alike than 99 % of permutations of "
                + "the same weights.",
        ];
        Table table = new(
            "F4: how alike neighbouring pixels of the weight pictures are (Moran's I, median over neurons)",
            results.Provenance.DataSet,
            ["rule", "printed layout", "right layout", "structured in the right layout"],
            [.. PublishedProtocol.LearningRules.Select(rule => Row(alikeness, rule))],
            notes
        );
        return [new FigureArtefact(Name, figure), new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs)
    {
        SpatialAutocorrelation autocorrelation = new(new ImageShape(3, 32, 32));
        IEnumerable<PictureRow> alikeness =
            from run in runs
            where run.Record.Snapshots.ContainsKey("end")
            let snapshot = run.Record.Snapshots["end"]
            from neuron in Enumerable.Range(0, snapshot.Neurons)
            select RowOf(run.Arm.Rule, run.Seed, neuron, snapshot, autocorrelation);
        return [WeightPictures.Assemble(WeightsName, runs, "end"), new ResultTable<PictureRow>(Name, [.. alikeness])];
    }

    private static PictureRow RowOf(
        PaperRule rule,
        long seed,
        int neuron,
        WeightSnapshot snapshot,
        SpatialAutocorrelation autocorrelation
    )
    {
        // The printed picture's channel c holds the values c, c + 3, c + 6, … of the row.
        float[] row = snapshot.Row(neuron);
        float[] printed = [.. Enumerable.Range(0, 3).SelectMany(channel => row.Where((_, i) => i % 3 == channel))];
        return new PictureRow(
            rule.Name,
            seed,
            neuron,
            autocorrelation.Index(printed),
            autocorrelation.Index(row),
            autocorrelation.Significance(row)
        );
    }

    private static ImagePanel PanelOf(WeightPictures weights, PaperRule rule, bool isPrinted)
    {
        string condition = KebabCase.From(Setup.Published);
        IReadOnlyList<ImageTile> tiles = weights.Tiles(
            rule.Name,
            condition,
            Width,
            "end",
            PublishedProtocol.Tiles,
            isPrinted
        );
        return new ImagePanel($"{rule.Name}, {(isPrinted ? "printed" : "right")} layout", 5, tiles);
    }

    private static string TitleOf(IReadOnlyList<PictureRow> alikeness)
    {
        IReadOnlyList<string> own = Row(alikeness, PublishedProtocol.Competitive);
        return $"F4: neighbouring pixels of {own[0]}'s weights are alike in the right layout (Moran's I {own[2]}), and "
            + $"less so in the printed one ({own[1]})";
    }

    private static IReadOnlyList<string> Row(IReadOnlyList<PictureRow> alikeness, PaperRule rule)
    {
        PictureRow[] own = [.. alikeness.Where(row => row.Rule == rule.Name)];
        string Median(Func<PictureRow, double> column) => Cells.Number(own.Select(column).Median(), 2);
        int structured = own.Count(row => row.RightLayoutP < LiveNeurons.Level);
        return
        [
            rule.Name,
            Median(row => row.PrintedLayout),
            Median(row => row.RightLayout),
            $"{structured} of {own.Length}",
        ];
    }
}
