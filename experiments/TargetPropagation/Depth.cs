using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// One to five hidden layers: targets passed by inverse and by slope, difference target propagation in both schedules,
/// backpropagation.
/// </summary>
internal sealed class Depth : TargetPropagationExperiment
{
    private const string SearchName = "depth-search";
    private const int Units = 128;
    private const int Directions = 128;
    private const string PassOption = "activation-pass";
    private const string ScheduleOption = "schedule";

    private static readonly Method[] Methods =
    [
        new("backprop", TargetPropagationProtocol.Backprop),
        new("target propagation, slope", TargetPropagationProtocol.Rule, PassOption, TargetPropagationProtocol.Slope),
        new(
            "target propagation, inverse",
            TargetPropagationProtocol.Rule,
            PassOption,
            TargetPropagationProtocol.Inverse
        ),
        new(
            "difference target propagation, alternating",
            TargetPropagationProtocol.Difference,
            ScheduleOption,
            "alternating"
        ),
        new(
            "difference target propagation, parallel",
            TargetPropagationProtocol.Difference,
            ScheduleOption,
            "parallel"
        ),
    ];

    private static readonly (string Title, int[] Methods)[] Panels =
    [
        ("inverse and slope", [1, 2]),
        ("slope and the yardsticks", [1, 0, 3, 4]),
    ];

    /// <inheritdoc/>
    public override string Name => "depth";

    /// <inheritdoc/>
    public override string Question => "Does target propagation hold up over one to five hidden layers?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Search(ExperimentPlan plan) =>
        TargetPropagationProtocol.Searches(plan, Rates(plan), Specs(plan));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan) =>
        from arm in Specs(plan)
        let final = arm.Spec with
        {
            Limit = TargetPropagationProtocol.Limit(plan, 24_000),
            Epochs = 4,
        }
        from spec in TargetPropagationProtocol.Tuned(plan, Rates(plan), arm.Spec, final)
        select new PlannedRun<string>(arm.Arm, RunRole.Final, spec);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(results.Table<AccuracyRow>(Name));
        int[] depths = [.. Enumerable.Range(1, 5).Where(depth => data.Count(ArmOf(Methods[0], depth)) > 0)];
        string[] notes =
        [
            "Difference target propagation with one hidden layer has no inverse to learn and points as "
                + "backpropagation does.",
        ];
        Table table = new(
            "Test accuracy in % by the number of hidden layers",
            results.Provenance.DataSet,
            ["rule", .. depths.Select(Text)],
            [.. Methods.Select(method => Row(data, method, depths))],
            notes
        );
        string caption =
            $"Hidden layers of {Units} units, {Directions} directions; mean over those of {Cells.Seeds(data.Seeds)} "
            + "that came to their end, with its 95 % interval; four passes over 24,000 training images at "
            + "most, validation samples among them, each arm at the learning rate found for it and the depth "
            + "on validation samples.";
        return
        [
            .. FigureOf(
                Name,
                () => TitleOf(data, depths),
                results,
                caption,
                2,
                Panels.SelectMany(panel => PanelOf(data, panel.Title, panel.Methods, depths))
            ),
            new TableArtefact(Name, table),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs) =>
        AccuracyRow.Pair(Name, SearchName, runs);

    private static string TitleOf(ArmRuns<AccuracyRow> data, IReadOnlyList<int> depths)
    {
        IEnumerable<string> ends = Methods
            .Take(3)
            .Select(method => $"{method.Label} {Row(data, method, depths.TakeLast(1))[1]}");
        return $"Test accuracy in % with {Text(depths[^1])} hidden layers: {string.Join(", ", ends)}";
    }

    private static IEnumerable<Panel> PanelOf(
        ArmRuns<AccuracyRow> data,
        string title,
        IEnumerable<int> methods,
        IReadOnlyList<int> depths
    )
    {
        double[] Errors(Method method, int depth) =>
            [
                .. data.Percent(ArmOf(method, depth), row => row.TestAccuracy)
                    .OfType<double>()
                    .Select(accuracy => 100 - accuracy),
            ];
        return PanelOf(
            title,
            "hidden layers",
            "test error in %",
            methods.Select(i =>
                MeanCurve.Of(
                    Methods[i].Label,
                    Methods[i].Style,
                    [.. depths.Select(depth => ((double)depth, Errors(Methods[i], depth)))],
                    isLogarithmic: true
                )
            ),
            [.. depths.Select(depth => ((double)depth, Text(depth)))],
            isLogarithmic: true
        );
    }

    private static IReadOnlyList<string> Row(ArmRuns<AccuracyRow> data, Method method, IEnumerable<int> depths)
    {
        string Cell(int depth) => Cells.Mean(data.Percent(ArmOf(method, depth), row => row.TestAccuracy), 1);
        return [method.Label, .. depths.Select(Cell)];
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [3e-4, 1e-3, 3e-3, 1e-2, 3e-2], 1e-3, 3e-3);

    private static IEnumerable<(string Arm, RunSpec Spec)> Specs(ExperimentPlan plan) =>
        from depth in plan.Profile == Profile.Paper ? Enumerable.Range(1, 5) : [1, 3]
        from method in Methods
        select (ArmOf(method, depth), SpecOf(plan, method, depth));

    private static RunSpec SpecOf(ExperimentPlan plan, Method method, int depth)
    {
        Dictionary<string, string> options = [];
        if (method.Option is not null)
        {
            options[method.Option] = method.Value!;
        }

        if (method.Rule == TargetPropagationProtocol.Rule)
        {
            options["directions"] = Text(Directions);
        }

        return TargetPropagationProtocol.Of(plan, method.Rule, options) with
        {
            Hidden = [.. Enumerable.Repeat(Units, depth)],
            Optimizer = OptimizerKind.Adamw,
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = 2,
        };
    }

    private static string ArmOf(Method method, int depth) => $"{method.Label}, {depth}";

    /// <summary>A rule with one of its options set.</summary>
    private sealed record Method(string Label, string Rule, string? Option = null, string? Value = null)
    {
        /// <summary>The rule's style; dashed where the option is not at its default.</summary>
        public SeriesStyle Style =>
            SeriesStyles.OfRule(Rule) with
            {
                Line = Value is TargetPropagationProtocol.Inverse or "parallel" ? SeriesLine.Dashed : SeriesLine.Solid,
            };
    }
}
