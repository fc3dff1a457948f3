namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// Whether the variance of the factors marks the directions that help, and whether a gate by it does.
/// </summary>
internal sealed class Agreement : TargetPropagationExperiment
{
    /// <summary>The table of rank correlations.</summary>
    public const string RankName = "agreement-rank";

    private const string GainName = "agreement-gain";
    private const string GateName = "agreement-gate";
    private const string SearchName = "agreement-search";
    private const int Fifths = 5;

    private static readonly string[] Gates = ["none", "variance"];

    private static readonly (string Indicator, string Label)[] Indicators =
    [
        ("variance", "variance of the factors, as in the text"),
        ("disagreement", "v/(f*² + v), as the gate uses it"),
    ];

    /// <inheritdoc/>
    public override string Name => "agreement";

    /// <inheritdoc/>
    public override string Question => "Does a low variance of the factors mark the directions that help?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Search(ExperimentPlan plan) =>
        TargetPropagationProtocol.Searches(plan, Rates(plan), Gated(plan));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan) =>
        [
            .. FactorRuns.Of(plan),
            .. from gated in Gated(plan)
            from spec in TargetPropagationProtocol.Tuned(plan, Rates(plan), gated.Spec)
            select new PlannedRun<string>(gated.Arm, RunRole.Final, spec),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmMeasures ranks = new(results.Table<MeasureRow>(RankName)),
            gains = new(results.Table<MeasureRow>(GainName));
        IEnumerable<Panel> panels =
            from arm in gains.Arms
            from layer in FactorRuns.Layers
            from panel in GainPanel(gains, arm, layer)
            select panel;
        string caption =
            "Share of a neuron's squared error on one half of a batch that an exact line search on the other half "
            + "takes away, along single random directions; negative where the line search fits noise. Each "
            + "neuron's 32 directions in fifths by the indicator; mean over neurons and steps, then over "
            + $"{Cells.Seeds(gains.Seeds)} with its 95 % interval.";
        return
        [
            .. FigureOf(Name, () => TitleOf(gains), results, caption, 2, panels),
            RankTable(ranks, results),
            GateTable(AccuracyRow.ByArm(results.Table<AccuracyRow>(GateName)), results),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs)
    {
        MeasuredRun<string>[] measured = [.. runs.Where(run => FactorRuns.Arms.Contains(run.Arm))];
        ResultTable<MeasureRow> Table(string name, string prefix) =>
            new(name, [.. measured.SelectMany(run => MeasureRow.Of(run.Arm, run.Record, prefix))]);
        return
        [
            Table(RankName, "notes.rank."),
            Table(GainName, "notes.gain."),
            .. AccuracyRow.Pair(GateName, SearchName, [.. runs.Except(measured)]),
        ];
    }

    private static string TitleOf(ArmMeasures gains)
    {
        string Share(int fifth) =>
            Cells.Signed(
                gains
                    .Values(gains.Arms[0], $"{Indicators[0].Indicator}.{FactorRuns.Layers[0]}.{fifth}")
                    .Average(share => 100 * share),
                2
            );
        return "Does low variance mark directions that help? Error taken away in % by the fifth of lowest variance "
            + $"{Share(1)}, of highest {Share(Fifths)}";
    }

    private static IEnumerable<Panel> GainPanel(ArmMeasures gains, string arm, string layer)
    {
        int[] fifths = [.. Enumerable.Range(1, Fifths)];
        double[] Percent(string indicator, int fifth) =>
            [.. gains.Values(arm, $"{indicator}.{layer}.{fifth}").Select(share => 100 * share)];
        return PanelOf(
            $"{(layer == "output" ? "output layer" : "hidden layer")}, {arm}",
            "fifth of the directions, by the indicator",
            "squared error taken away, in %",
            Indicators.Select(
                (indicator, i) =>
                    MeanCurve.Of(
                        indicator.Label,
                        SeriesStyles.At(i),
                        [.. fifths.Select(fifth => ((double)fifth, Percent(indicator.Indicator, fifth)))]
                    )
            ),
            [.. fifths.Select(fifth => ((double)fifth, NameOf(fifth)))]
        );
    }

    private static string NameOf(int fifth) =>
        fifth switch
        {
            1 => "lowest",
            Fifths => "highest",
            _ => Text(fifth),
        };

    private static TableArtefact RankTable(ArmMeasures ranks, ResultFolder results)
    {
        IEnumerable<(string Arm, string Layer)> columns =
            from arm in ranks.Arms
            from layer in FactorRuns.Layers
            select (arm, layer);
        IEnumerable<IReadOnlyList<string>> rows =
            from indicator in Indicators
            let cells = columns.Select(column =>
                Cells.Mean(ranks.Values(column.Arm, $"{indicator.Indicator}.{column.Layer}"), 3)
            )
            select (string[])[indicator.Label, .. cells];
        string[] notes =
        [
            "Negative where low values mark directions that help, as the text has it. Spearman's, over a neuron's "
                + "32 directions; mean over neurons and steps, then over seeds with its 95 % interval.",
        ];
        Table table = new(
            "Rank correlation of an indicator with the error that a direction takes away",
            results.Provenance.DataSet,
            ["indicator", .. columns.Select(column => $"{column.Layer}, {column.Arm}")],
            [.. rows],
            notes
        );
        return new TableArtefact(RankName, table);
    }

    private static TableArtefact GateTable(ArmRuns<AccuracyRow> gates, ResultFolder results)
    {
        IReadOnlyList<string> Row(string arm)
        {
            RunRow first = gates.First(arm)!;
            string accuracy = Cells.Mean(gates.Percent(arm, row => row.TestAccuracy), 1);
            return [arm, RunJson.Number(first.LearningRate), Text(first.Steps), accuracy];
        }

        string[] notes =
        [
            "Least squares, one pass, each at the learning rate found for it on validation samples. Text's set-up: "
                + "one-hot targets, inverse of a leaky ReLU of slope 0.5, plain steps. Found set-up: the rule's "
                + "defaults but for the rate.",
        ];
        Table table = new(
            "The gate",
            results.Provenance.DataSet,
            ["set-up", "learning rate", "steps", "test accuracy in %"],
            [.. gates.Arms.Select(Row)],
            notes
        );
        return new TableArtefact(GateName, table);
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1], 3e-3, 3e-1);

    private static IEnumerable<(string Arm, RunSpec Spec)> Gated(ExperimentPlan plan)
    {
        foreach (string gate in Gates)
        {
            Dictionary<string, string> options = new() { ["gate"] = gate };
            string gated = gate == "none" ? "no gate" : "gate";
            foreach (int directions in new[] { 1, 32 })
            {
                yield return (
                    $"text's set-up, {directions} direction(s), {gated}",
                    TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, directions, options)
                );
            }

            string found = plan.Rules[TargetPropagationProtocol.Rule].Resolve(options)["directions"];
            yield return (
                $"found set-up, {found} direction(s), {gated}",
                TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule, options)
            );
        }
    }
}
