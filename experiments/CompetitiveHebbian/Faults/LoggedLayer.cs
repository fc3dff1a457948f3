using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F3: SoftHebb's printed Gini is the output layer's; here is the hidden layer's of the same runs.</summary>
public sealed class LoggedLayer : CompetitiveHebbianExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-3-logged-layer";

    /// <inheritdoc/>
    public override string Summary =>
        "F3: SoftHebb's Gini in the layer that was logged and in the layer that was meant";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        PublishedProtocol.Grid(plan, [PublishedProtocol.SoftHebb], PublishedProtocol.Widths);

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [GiniTable.Assemble(Name, records)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        GiniTable data = new(results.Table(Name));
        PrintedComparison comparison = new(results, 2);
        List<IReadOnlyList<string>> rows = [];
        int seeds = 0;
        foreach (int width in PublishedProtocol.Widths)
        {
            (double start, double end) = PrintedValues
                .Gini(comparison.PrintedDataSet, PublishedProtocol.SoftHebb, width)!
                .Value;
            IReadOnlyList<double?> Values(string layer, string moment) =>
                data.Values(PublishedProtocol.SoftHebb.Name, KebabCase.From(Arm.Published), width, layer, moment);
            string Layer(string layer) =>
                $"{Cells.Mean(Values(layer, "giniStart"), 2)} → {Cells.Mean(Values(layer, "giniEnd"), 2)}";
            rows.Add([
                width.ToString(CultureInfo.InvariantCulture),
                $"{comparison.Number(start)} → {comparison.Number(end)}",
                Layer(PublishedProtocol.OutputLayer),
                Layer(PublishedProtocol.HiddenLayer),
            ]);
            seeds = Math.Max(seeds, Values(PublishedProtocol.HiddenLayer, "giniEnd").Count);
        }

        string printedFor = PublishedProtocol.IsPrinted(results.DataSetId) ? "" : " The printed numbers are for MNIST.";
        return
        [
            new TableArtefact(
                Name,
                new Table(
                    "F3: SoftHebb's Gini coefficient, after 100 steps → at the end",
                    results.Provenance.DataSet,
                    ["units", "printed", "output layer", "hidden layer"],
                    rows,
                    [
                        "SoftHebb trains the output layer too, and its value overwrote the hidden "
                            + "layer's in the log. The claim that SoftHebb spreads its learning evenly rests "
                            + "on a layer that the probe throws away."
                            + printedFor,
                        PrintedComparison.SeedNote(seeds),
                    ]
                )
            ),
        ];
    }
}
