namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F3: SoftHebb's printed Gini is the output layer's; here is the hidden layer's of the same runs.</summary>
internal sealed class LoggedLayer : CompetitiveHebbianExperiment
{
    /// <inheritdoc/>
    public override string Name => "fault-3-logged-layer";

    /// <inheritdoc/>
    public override string Question =>
        "F3: is SoftHebb's Gini that of the layer that was logged or of the one that was meant?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        PublishedProtocol.Grid(plan, [PublishedProtocol.SoftHebb], PublishedProtocol.Widths);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        GiniTable data = new(results.Table<GiniRow>(Name));
        PrintedComparison comparison = new(results, 2);
        IEnumerable<int> seeds = PublishedProtocol.Widths.Select(width =>
            Values(data, width, PublishedProtocol.HiddenLayer, row => row.GiniEnd).Count
        );
        string printedFor = PublishedProtocol.IsPrinted(results.DataSetId) ? "" : " The printed numbers are for MNIST.";
        string[] notes =
        [
            "SoftHebb trains the output layer too, and its value overwrote the hidden layer's in the log. The "
                + "claim that SoftHebb spreads its learning evenly rests on a layer that the probe throws away."
                + printedFor,
            PrintedComparison.SeedNote(seeds.Max()),
        ];
        Table table = new(
            "F3: SoftHebb's Gini coefficient, after 100 steps → at the end",
            results.Provenance.DataSet,
            ["units", "printed", "output layer", "hidden layer"],
            [.. PublishedProtocol.Widths.Select(width => Row(data, comparison, width))],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [GiniTable.Assemble(Name, runs)];

    private static IReadOnlyList<string> Row(GiniTable data, PrintedComparison comparison, int width)
    {
        (double start, double end) = PrintedValues
            .Gini(comparison.PrintedDataSet, PublishedProtocol.SoftHebb, width)!
            .Value;
        string Layer(string layer) =>
            $"{Cells.Mean(Values(data, width, layer, row => row.GiniStart), 2)} → "
            + Cells.Mean(Values(data, width, layer, row => row.GiniEnd), 2);
        return
        [
            Text(width),
            $"{comparison.Number(start)} → {comparison.Number(end)}",
            Layer(PublishedProtocol.OutputLayer),
            Layer(PublishedProtocol.HiddenLayer),
        ];
    }

    private static IReadOnlyList<double?> Values(
        GiniTable data,
        int width,
        string layer,
        Func<GiniRow, double?> column
    ) => data.Values(PublishedProtocol.SoftHebb.Name, KebabCase.From(Setup.Published), width, layer, column);
}
