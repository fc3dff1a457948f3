using CsvHelper;
using MathNet.Numerics.Statistics;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>One direction or many: error over steps, over floating-point operations and over seconds.</summary>
internal sealed class DirectionCount : TargetPropagationExperiment
{
    /// <summary>The table of accuracies by step.</summary>
    public const string CurvesName = "directions-curves";

    /// <summary>The table of what a step costs.</summary>
    public const string SecondsName = "directions-seconds";

    private const string SearchName = "directions-search";

    private const int Pixels = 784;
    private const int Classes = 10;

    /// <summary>All directions that the first layer's inputs, with the constant one, span.</summary>
    private const int All = Pixels + 1;

    private static readonly int[] Shown = [1, 8, 32, 256, All];

    /// <inheritdoc/>
    public override string Name => "directions";

    /// <inheritdoc/>
    public override string Question => "How many directions are worth their steps, operations and seconds?";

    /// <summary>The numbers of directions.</summary>
    public static int[] Counts { get; } = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, All];

    /// <summary>The arm of a number of directions.</summary>
    public static string ArmOf(int directions) => $"k = {directions}";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Search(ExperimentPlan plan) =>
        TargetPropagationProtocol.Searches(plan, Rates(plan), Specs(plan));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan) =>
        from arm in Specs(plan)
        let final = arm.Spec with
        {
            Epochs = plan.Profile == Profile.Paper ? 8 : 4,
        }
        from spec in TargetPropagationProtocol.Tuned(plan, Rates(plan), arm.Spec, final)
        select new PlannedRun<string>(arm.Arm, RunRole.Final, spec);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(results.Table<AccuracyRow>(Name));
        IReadOnlyList<CurveRow> points = results.Table<CurveRow>(CurvesName);
        ILookup<string, StepCostRow> costs = results.Table<StepCostRow>(SecondsName).ToLookup(row => row.Arm);
        double Operations(string arm) => costs[arm].Select(row => row.Operations).Median();
        double Seconds(string arm) => costs[arm].Select(row => row.Seconds).Median();
        string[] arms =
        [
            .. Shown.Select(ArmOf).Where(arm => points.Any(row => row.Arm == arm)),
            TargetPropagationProtocol.Backprop,
        ];
        int seeds = points.Select(row => row.Seed).Distinct().Count();
        ArmCurves curves = new(points);
        string caption =
            $"{TargetPropagationProtocol.Units} hidden units, the rule's defaults but for the number of directions "
            + $"and the learning rate, which was found for each on validation samples; mean over {Cells.Seeds(seeds)} "
            + "with its 95 % interval after each pass over the samples. Operations are counted by "
            + "formula (docs/target-propagation.md); seconds are the median of the runs on the machine named "
            + "in the provenance, with validation and all that is recorded.";
        return
        [
            .. FigureOf(
                Name,
                () => TitleOf(data),
                results,
                caption,
                3,
                [
                    .. PanelOf(data, curves, arms, "per step", "step", _ => 1),
                    .. PanelOf(data, curves, arms, "per operation", "floating-point operations", Operations),
                    .. PanelOf(data, curves, arms, "per second", "seconds of training", Seconds),
                ]
            ),
            TableOf(data, results, Operations, Seconds),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs)
    {
        MeasuredRun<string>[] final = [.. runs.Where(run => run.Role == RunRole.Final)];
        IEnumerable<CurveRow> curves = final
            .Where(run => !run.HasDiverged)
            .SelectMany(run => CurveRow.Of(run.Arm, run.Record, MeasureNames.ValidationAccuracy));

        // Apart from the rest: seconds differ from machine to machine and from run to run.
        return
        [
            .. AccuracyRow.Pair(Name, SearchName, runs),
            new ResultTable<CurveRow>(CurvesName, [.. curves]),
            new ResultTable<StepCostRow>(SecondsName, [.. final.Select(CostOf)]),
        ];
    }

    private static StepCostRow CostOf(MeasuredRun<string> run)
    {
        Dictionary<string, int> counts = Counts.ToDictionary(ArmOf);
        double operations = counts.TryGetValue(run.Arm, out int count)
            ? StepCost.OfTargetPropagation(run.Spec, count, Pixels, Classes)
            : StepCost.OfBackprop(run.Spec, Pixels, Classes);
        double seconds = run.Record.Seconds["train"] / Math.Max(run.Record.Steps, 1);
        return new StepCostRow(run.Arm, run.Seed, seconds, operations);
    }

    private static IEnumerable<Panel> PanelOf(
        ArmRuns<AccuracyRow> data,
        ArmCurves curves,
        IEnumerable<string> arms,
        string title,
        string label,
        Func<string, double> unit
    )
    {
        (double At, double[] Values)[] Points(string arm) =>
            [
                .. from point in curves.Points(arm, MeasureNames.ValidationAccuracy)
                select (
                    Math.Log10(point.At * unit(arm)),
                    point.Values.Select(accuracy => 100 * (1 - accuracy)).ToArray()
                ),
            ];
        Curve[] drawn =
        [
            .. arms.Select((arm, i) => MeanCurve.Of(data.Label(arm), StyleOf(arm, i), Points(arm), isLogarithmic: true))
                .Where(curve => curve.X.Count > 0),
        ];
        return drawn.Length == 0
            ? []
            : PanelOf(
                title,
                label,
                "validation error in %",
                drawn,
                DecadeTicks.Of(drawn.Min(curve => curve.X[0]), drawn.Max(curve => curve.X[^1])),
                isLogarithmic: true
            );
    }

    private static SeriesStyle StyleOf(string arm, int i) =>
        arm == TargetPropagationProtocol.Backprop ? SeriesStyles.OfRule(arm) : SeriesStyles.OfArm(i);

    private static string TitleOf(ArmRuns<AccuracyRow> data)
    {
        string[] arms =
        [
            .. Counts.Select(ArmOf).Append(TargetPropagationProtocol.Backprop).Where(arm => data.Count(arm) > 0),
        ];
        string Error(string arm) =>
            Cells.Mean([.. data.Percent(arm, row => row.ValidationAccuracy).Select(value => 100 - value)], 1);
        IEnumerable<string> ends =
            arms.Length < 3
                ? arms.Select(arm => $"{Error(arm)} with {arm}")
                : new[] { arms[0], arms[^2], arms[^1] }.Select(arm => $"{Error(arm)} with {arm}");
        return $"One direction or many? Validation error in % at the end: {string.Join(", ", ends)}";
    }

    private TableArtefact TableOf(
        ArmRuns<AccuracyRow> data,
        ResultFolder results,
        Func<string, double> operations,
        Func<string, double> seconds
    )
    {
        string Error(string arm, Func<AccuracyRow, double?> accuracy) =>
            Cells.Mean([.. data.Percent(arm, accuracy).Select(value => 100 - value)], 1);
        IReadOnlyList<string> Row(string arm) =>
            [
                arm,
                RunJson.Number(data.First(arm)!.LearningRate),
                Error(arm, row => row.ValidationAccuracy),
                Error(arm, row => row.TestAccuracy),
                Cells.Number(operations(arm) / 1e6, 0),
                Cells.Number(1e3 * seconds(arm), 1),
            ];
        IEnumerable<string> arms = Counts
            .Select(ArmOf)
            .Append(TargetPropagationProtocol.Backprop)
            .Where(arm => data.Count(arm) > 0);
        Table table = new(
            "One direction or many",
            results.Provenance.DataSet,
            [
                "directions a layer",
                "learning rate",
                "validation error in %",
                "test error in %",
                "million operations a step",
                "milliseconds a step",
            ],
            [.. arms.Select(Row)],
            ["A layer takes no more directions than it has inputs. Mean over seeds with its 95 % interval."]
        );
        return new TableArtefact(Name, table);
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2], 3e-3);

    private static IEnumerable<(string Arm, RunSpec Spec)> Specs(ExperimentPlan plan)
    {
        foreach (int count in Counts.Where(count => plan.Profile == Profile.Paper || count is 1 or 32 or 128))
        {
            Dictionary<string, string> options = new() { ["directions"] = Text(count) };
            RunSpec spec = TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule, options);
            yield return (ArmOf(count), Sized(plan, spec));
        }

        RunSpec backprop = TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Backprop);
        yield return (TargetPropagationProtocol.Backprop, Sized(plan, backprop));
    }

    private static RunSpec Sized(ExperimentPlan plan, RunSpec spec) =>
        spec with
        {
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = plan.Profile == Profile.Paper ? 4 : 1,
        };
}

/// <summary>What a training step of a run costs.</summary>
/// <param name="Seconds">Seconds per step, validation and all that is recorded included.</param>
/// <param name="Operations">Floating-point operations per step, by formula.</param>
[CsvRecord]
internal sealed partial record StepCostRow(string Arm, long Seed, double Seconds, double Operations);
