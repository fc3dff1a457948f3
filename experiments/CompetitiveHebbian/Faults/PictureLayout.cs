using MathNet.Numerics.Statistics;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F4: weight pictures of colour images, in the printed layout and in the right one.</summary>
public sealed class PictureLayout : CompetitiveHebbianExperiment
{
    private const int Width = 32;
    private const string WeightsName = "fault-4-weights";

    /// <inheritdoc/>
    public override string Name => "fault-4-picture-layout";

    /// <inheritdoc/>
    public override string Summary =>
        "F4: weight pictures of colour images in the printed (wrong) and the right layout";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        plan.DataSet == CifarDataSet.Cifar10.Id
            ? PublishedProtocol.Grid(plan, PublishedProtocol.LearningRules, [Width], Arm.Published, seeds: 1)
            : [];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable weights = WeightPictures.Assemble(WeightsName, records, "end");

        // How alike neighbouring pixels of each picture are, read both ways.
        ResultTable alikeness = new(Name, ["rule", "neuron", "printedLayout", "rightLayout", "rightLayoutP"]);
        ImageShape shape = new(3, 32, 32);
        SpatialAutocorrelation autocorrelation = new(shape);
        foreach (RunRecord record in records.Where(record => record.Snapshots.ContainsKey("end")))
        {
            WeightSnapshot snapshot = record.Snapshots["end"];
            for (int neuron = 0; neuron < snapshot.Neurons; neuron++)
            {
                // The printed picture's channel c holds the values c, c + 3, c + 6, … of the row.
                float[] row = snapshot.Row(neuron),
                    printed = [.. Enumerable.Range(0, 3).SelectMany(channel => row.Where((_, i) => i % 3 == channel))];
                alikeness.Add(
                    ProbeTable.RuleName(record),
                    neuron,
                    autocorrelation.Index(printed),
                    autocorrelation.Index(row),
                    autocorrelation.Significance(row)
                );
            }
        }

        return [weights, alikeness];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        WeightPictures weights = new(results.Table(WeightsName), results.Provenance.Shape);
        ResultTable alikeness = results.Table(Name);
        List<Panel> panels = [];
        List<IReadOnlyList<string>> rows = [];
        foreach (bool isPrinted in new[] { true, false })
        {
            foreach (PaperRule rule in PublishedProtocol.LearningRules)
            {
                panels.Add(
                    new ImagePanel(
                        $"{rule.Name}, {(isPrinted ? "printed" : "right")} layout",
                        5,
                        weights.Tiles(
                            rule.Name,
                            KebabCase.From(Arm.Published),
                            Width,
                            "end",
                            PublishedProtocol.Tiles,
                            isPrinted
                        )
                    )
                );
            }
        }

        foreach (PaperRule rule in PublishedProtocol.LearningRules)
        {
            string[][] own = [.. alikeness.Rows.Where(row => alikeness.Text(row, "rule") == rule.Name)];
            string Median(string column) =>
                Cells.Number(own.Select(row => alikeness.Number(row, column)!.Value).Median(), 2);
            int structured = own.Count(row => alikeness.Number(row, "rightLayoutP") < LiveNeurons.Level);
            rows.Add([rule.Name, Median("printedLayout"), Median("rightLayout"), $"{structured} of {own.Length}"]);
        }

        return
        [
            new FigureArtefact(
                Name,
                new Figure(
                    "F4: the same weights in the printed and in the right layout",
                    results.Provenance.DataSet,
                    $"{Width} units, one epoch, as published; the first {PublishedProtocol.Tiles} neurons "
                        + $"of seed {weights.Seed ?? "none"}. A row of weights holds the red, the green and the "
                        + "blue plane one after the other; "
                        + "the paper's code reshaped it as if the three values of a pixel lay together, "
                        + "which tiles a picture into a 3×3 mosaic of sub-sampled planes.",
                    3,
                    panels
                )
            ),
            new TableArtefact(
                Name,
                new Table(
                    "F4: how alike neighbouring pixels of the weight pictures are (Moran's I, median over neurons)",
                    results.Provenance.DataSet,
                    ["rule", "printed layout", "right layout", "structured in the right layout"],
                    rows,
                    [
                        "1: neighbours are equal; 0: as alike as in noise. Structured: more alike than "
                            + "99 % of permutations of the same weights.",
                    ]
                )
            ),
        ];
    }
}
