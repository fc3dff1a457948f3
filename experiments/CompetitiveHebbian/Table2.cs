namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Table 2: Gini coefficient of the neurons' mean step norms at the start and the end of training.</summary>
internal sealed class Table2 : CompetitiveHebbianExperiment
{
    /// <inheritdoc/>
    public override string Name => "table-2";

    /// <inheritdoc/>
    public override string Question =>
        "Table 2: how unequally do the neurons learn at the start and at the end of training?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.LearningRules, PublishedProtocol.Widths),
            .. PublishedProtocol.Grid(plan, PublishedProtocol.LearningRules, PublishedProtocol.Widths, Setup.Corrected),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        GiniTable data = new(results.Table<GiniRow>(Name));
        PrintedComparison comparison = new(results, 2);
        IReadOnlyList<string>[] published =
        [
            .. PublishedProtocol.Widths.Select(width => PublishedRow(data, comparison, width)),
        ];
        IEnumerable<int> counts =
            from width in PublishedProtocol.Widths
            from rule in PublishedProtocol.LearningRules
            select AsPublished(data, rule, width, row => row.GiniEnd).Count;
        string corrected = PublishedProtocol.ConditionOf(Setup.Corrected, results.DataSetId);
        IEnumerable<string> columns = PublishedProtocol.LearningRules.SelectMany(rule =>
            new[] { $"{rule.Name} printed", $"{rule.Name} ours" }
        );
        string[] notes =
        [
            .. comparison.Notes(),
            "SoftHebb's values, printed and ours, are the output layer's, which the paper's code logged over the "
                + "hidden layer's.",
        ];
        Table asPublished = new(
            "Table 2, as published: Gini coefficient of the neurons' mean step norms, after 100 steps → at the end",
            results.Provenance.DataSet,
            ["units", .. columns],
            published,
            notes
        );
        Table asCorrected = new(
            "Table 2, corrected: Gini coefficient of the hidden neurons' mean step norms, after 100 steps → at the end",
            results.Provenance.DataSet,
            ["units", .. PublishedProtocol.LearningRules.Select(rule => rule.Name)],
            [.. PublishedProtocol.Widths.Select(width => CorrectedRow(data, corrected, width))],
            [
                PrintedComparison.SeedNote(counts.Max()),
                "Every rule's own hidden layer; inputs normalised with the data set's own constants.",
            ]
        );
        return [new TableArtefact(Name, asPublished), new TableArtefact(Name + "-corrected", asCorrected)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [GiniTable.Assemble(Name, runs)];

    private static IReadOnlyList<string> PublishedRow(GiniTable data, PrintedComparison comparison, int width)
    {
        List<string> row = [Text(width)];
        foreach (PaperRule rule in PublishedProtocol.LearningRules)
        {
            (double start, double end) = PrintedValues.Gini(comparison.PrintedDataSet, rule, width)!.Value;
            string first = comparison.Cell(
                $"{rule.Name} at {width}, start",
                start,
                AsPublished(data, rule, width, cells => cells.GiniStart)
            );
            string last = comparison.Cell(
                $"{rule.Name} at {width}, end",
                end,
                AsPublished(data, rule, width, cells => cells.GiniEnd)
            );
            row.Add($"{comparison.Number(start)} → {comparison.Number(end)}");
            row.Add($"{first} → {last}");
        }

        return row;
    }

    private static IReadOnlyList<string> CorrectedRow(GiniTable data, string condition, int width)
    {
        string Mean(PaperRule rule, Func<GiniRow, double?> column) =>
            Cells.Mean(data.Values(rule.Name, condition, width, PublishedProtocol.HiddenLayer, column), 2);
        IEnumerable<string> cells = PublishedProtocol.LearningRules.Select(rule =>
            $"{Mean(rule, row => row.GiniStart)} → {Mean(rule, row => row.GiniEnd)}"
        );
        return [Text(width), .. cells];
    }

    private static IReadOnlyList<double?> AsPublished(
        GiniTable data,
        PaperRule rule,
        int width,
        Func<GiniRow, double?> column
    )
    {
        string layer = PublishedProtocol.LoggedLayer(rule);
        return data.Values(rule.Name, KebabCase.From(Setup.Published), width, layer, column);
    }
}
