namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>F1 × F2 × F9: doubled softmax, layer normalisation and probe dropout in all eight combinations.</summary>
internal sealed class ProbeFactorial : CompetitiveHebbianExperiment
{
    private static readonly Corner[] Corners =
    [
        new("as published", Setup.Published, PublishedProtocol.Published, 0),
        new("F1 repaired", Setup.Published, PublishedProtocol.SingleSoftmax, 1),
        new("F9 repaired", Setup.Published, PublishedProtocol.NoDropout, 2),
        new("F1, F9 repaired", Setup.Published, PublishedProtocol.SingleSoftmaxNoDropout, 3),
        new("F2 repaired", Setup.LayerNormalized, PublishedProtocol.Published, 4),
        new("F1, F2 repaired", Setup.LayerNormalized, PublishedProtocol.SingleSoftmax, 5),
        new("F2, F9 repaired", Setup.LayerNormalized, PublishedProtocol.NoDropout, 6),
        new("all three", Setup.LayerNormalized, PublishedProtocol.SingleSoftmaxNoDropout, 7),
    ];

    /// <inheritdoc/>
    public override string Name => "probe-factorial";

    /// <inheritdoc/>
    public override string Question =>
        "F1, F2, F9: which of the probe's three faults, alone or together, makes the difference?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [.. FaultRuns.Factorial(plan), .. FaultRuns.LayerNormalized(plan)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table<ProbeRow>(Name));
        IEnumerable<IReadOnlyList<string>> rows =
            from rule in PublishedProtocol.Rules
            from width in PublishedProtocol.Widths
            let cells = Corners.Select(corner => Cell(data, rule, corner, width))
            select (string[])[rule.Name, Text(width), .. cells];
        int[] seeds = [.. SeedCounts(data).Distinct()];
        string note = seeds.Max() > 1 ? $"Mean over {string.Join(" or ", Several(seeds))} seeds" : "One seed";
        note += seeds.Contains(0) ? "; where nothing stands, nothing was run." : ".";
        const string faults = "F1: doubled softmax; F2: no layer normalisation; F9: dropout on the features.";
        string half = seeds.Max() > 1 ? " ± half of its 95 % Student interval." : "";
        string caption =
            "F1 × F2 × F9: test accuracy in % of the published probe with its faults repaired in every combination; "
            + "in brackets the mean number of classes never predicted";
        Table table = new(
            caption,
            results.Provenance.DataSet,
            ["rule", "units", .. Corners.Select(corner => corner.Label)],
            [.. rows],
            [$"{faults} {note}{half}"]
        );
        Figure figure = new(
            TitleOf(data),
            results.Provenance.DataSet,
            $"One epoch of training, then the published probe. {faults} {note}",
            2,
            [.. PublishedProtocol.Rules.Select(rule => PanelOf(data, rule))]
        );
        return [new TableArtefact(Name, table), new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs) =>
        [ProbeTable.Assemble(Name, runs), ProbeTable.Correct(Name, runs, [.. Corners.Select(corner => corner.Probe)])];

    private static IEnumerable<int> Several(IEnumerable<int> seeds) => seeds.Where(count => count > 1).Order();

    private static IEnumerable<int> SeedCounts(ProbeTable data) =>
        from rule in PublishedProtocol.Rules
        from width in PublishedProtocol.Widths
        from corner in Corners
        select NeverPredicted(data, rule, corner, width).Length;

    private static string Cell(ProbeTable data, PaperRule rule, Corner corner, int width)
    {
        double[] never = NeverPredicted(data, rule, corner, width);
        string missing = never.Sum() > 0 ? $" ({Cells.Number(never.Average(), 1)} never)" : "";
        return Cells.Mean(corner.Accuracies(data, rule, width), 1) + missing;
    }

    private static double[] NeverPredicted(ProbeTable data, PaperRule rule, Corner corner, int width) =>
        [
            .. data.Values(rule.Name, corner.Condition, width, corner.Probe, row => row.ClassesNeverPredicted)
                .OfType<double>(),
        ];

    /// <summary>What repairing all three faults changes for the competitive rule in its smallest layer.</summary>
    private static string TitleOf(ProbeTable data)
    {
        int width = PublishedProtocol.Widths[0];
        string Mean(Corner corner) => Cells.Mean(corner.Accuracies(data, PublishedProtocol.Competitive, width), 1);
        return $"The published probe's faults: {PublishedProtocol.Competitive.Name} with {Text(width)} units has "
            + $"{Mean(Corners[0])} % as published, {Mean(Corners[^1])} % with all three repaired";
    }

    private static LinePanel PanelOf(ProbeTable data, PaperRule rule)
    {
        (double At, double[] Values)[] Points(Corner corner) =>
            [
                .. from width in PublishedProtocol.Widths
                let values = corner.Accuracies(data, rule, width).OfType<double>().ToArray()
                where values.Length > 0
                select (Math.Log2(width), values),
            ];
        IEnumerable<Curve> curves =
            from corner in Corners
            select MeanCurve.Of(corner.Label, SeriesStyles.At(corner.Number), Points(corner));
        return new LinePanel(
            rule.Name,
            "hidden units",
            "test accuracy in %",
            [.. curves],
            WidthTicks(PublishedProtocol.Widths)
        );
    }

    /// <summary>One combination of repairs.</summary>
    private sealed record Corner(string Label, Setup Setup, string Probe, int Number)
    {
        public string Condition => KebabCase.From(Setup);

        public IReadOnlyList<double?> Accuracies(ProbeTable data, PaperRule rule, int width) =>
            data.Accuracies(rule.Name, Condition, width, Probe);
    }
}
