using MathNet.Numerics.Statistics;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// The search: the same grid for every estimator, then the best two of each on more data. The rule's defaults are what
/// it found on MNIST.
/// </summary>
internal sealed class OptionSearch : TargetPropagationExperiment
{
    private const string GridName = "option-search-grid";
    private const int Finalists = 2;

    private static readonly string[] Draws = ["gaussian", "data"];
    private static readonly string[] Directions = ["4", "32", "256"];
    private static readonly string[] Ridges = ["0.0001", "1"];

    // Options that the table of the best names.
    private static readonly string[] Searched = ["directions", "draw", "ridge"];

    private static readonly (OptimizerKind Optimizer, double Rate)[] Steps =
    [
        (OptimizerKind.Sgd, 0.3),
        (OptimizerKind.Sgd, 1),
        (OptimizerKind.Adamw, 1e-3),
        (OptimizerKind.Adamw, 3e-3),
        (OptimizerKind.Adamw, 1e-2),
    ];

    /// <inheritdoc/>
    public override string Name => "option-search";

    /// <inheritdoc/>
    public override string Question => "What makes the method work, by one grid of options for every estimator?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Search(ExperimentPlan plan) =>
        from method in Methods(plan)
        from spec in Grid(plan, method)
        select new PlannedRun<string>(method.Arm, RunRole.Search, spec);

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan) =>
        from method in Methods(plan)
        from best in Best(plan, method)
        let spec = TargetPropagationProtocol.Measured(best) with
        {
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = 3,
        }
        select new PlannedRun<string>(method.Arm, RunRole.Final, spec);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRuns<AccuracyRow> data = AccuracyRow.ByArm(results.Table<AccuracyRow>(Name)),
            grid = AccuracyRow.ByArm(results.Table<AccuracyRow>(GridName));
        string[] notes =
        [
            "Every combination of directions, draw, ridge, optimizer and learning rate is tried by every arm on "
                + "few samples with one seed; those that an arm cannot tell apart are run once (only least squares "
                + "has a ridge, backprop none of them but optimizer and rate). The two with the best validation "
                + "accuracy are trained on more data, and the better of them by validation accuracy is shown. A "
                + "run that diverged counts as 0. Gradient targets, leaky ReLU of slope 0.1.",
        ];
        Table table = new(
            "The same grid of options for every estimator",
            results.Provenance.DataSet,
            [
                "estimator, activation passed by",
                "configurations",
                "median validation accuracy in %",
                "best",
                "on more data",
                "its test accuracy in %",
                "its configuration",
            ],
            [.. data.Arms.Select(arm => Row(data, grid, arm))],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs) =>
        AccuracyRow.Pair(Name, GridName, runs);

    private static IReadOnlyList<string> Row(ArmRuns<AccuracyRow> data, ArmRuns<AccuracyRow> grid, string arm)
    {
        static string Percent(double? share) => share is { } value ? Cells.Number(100 * value, 1) : RunStatus.Diverged;
        double[] accuracies = [.. grid.Of(arm).Select(row => row.ValidationAccuracy ?? 0)];
        AccuracyRow best = data.Of(arm).MaxBy(row => row.ValidationAccuracy ?? 0)!;
        return
        [
            arm,
            Text(accuracies.Length),
            Percent(accuracies.Median()),
            Percent(accuracies.Max()),
            Percent(best.ValidationAccuracy),
            Percent(best.TestAccuracy),
            Configuration(best.Run),
        ];
    }

    private static string Configuration(RunRow run)
    {
        IEnumerable<string> options =
            from option in run.Options.Split(' ')
            where Searched.Contains(option.Split('=')[0])
            select $", {option.Replace("=", " ", StringComparison.Ordinal)}";
        string step = $"{run.Activation}, {run.Optimizer} {RunJson.Number(run.LearningRate)}";
        return step + string.Concat(options);
    }

    private static IEnumerable<RunSpec> Best(ExperimentPlan plan, Method method) =>
        Grid(plan, method)
            .OrderBy(spec => RateSearch.ErrorOf(plan, spec))
            .Take(plan.Profile == Profile.Paper ? Finalists : 1);

    private static IEnumerable<Method> Methods(ExperimentPlan plan)
    {
        IEnumerable<string> estimators = TargetPropagationProtocol.Estimators.Where(estimator =>
            plan.Profile == Profile.Paper
            || estimator is TargetPropagationProtocol.AsWritten or TargetPropagationProtocol.LeastSquares
        );
        return
        [
            .. estimators.Select(estimator => new Method(estimator, TargetPropagationProtocol.Inverse)),
            new Method(TargetPropagationProtocol.LeastSquares, TargetPropagationProtocol.Slope),
            new Method(null, null),
        ];
    }

    /// <summary>
    /// The configurations of a method: one grid for all, without the options that the method does not know.
    /// </summary>
    private static IEnumerable<RunSpec> Grid(ExperimentPlan plan, Method method)
    {
        bool isQuick = plan.Profile == Profile.Quick,
            hasRidge = method.Estimator == TargetPropagationProtocol.LeastSquares;
        return from draw in method.IsBackprop ? [""] : Draws.Take(isQuick ? 1 : Draws.Length)
            from directions in method.IsBackprop ? [""] : Directions.TakeLast(isQuick ? 1 : Directions.Length)
            from ridge in hasRidge ? Ridges.TakeLast(isQuick ? 1 : Ridges.Length) : [Ridges[0]]
            from step in Steps.TakeLast(isQuick ? 2 : Steps.Length)
            select Spec(plan, method, draw, directions, ridge) with
            {
                Optimizer = step.Optimizer,
                LearningRate = step.Rate,
            };
    }

    private static RunSpec Spec(ExperimentPlan plan, Method method, string draw, string directions, string ridge)
    {
        Dictionary<string, string>? options = method.IsBackprop
            ? null
            : new()
            {
                ["estimator"] = method.Estimator!,
                ["activation-pass"] = method.Pass!,
                ["output-target"] = "gradient",
                ["draw"] = draw,
                ["directions"] = directions,
                ["ridge"] = ridge,
            };
        return TargetPropagationProtocol.Of(plan, method.Rule, options) with
        {
            Activation = "leaky-relu:0.1",
            Limit = TargetPropagationProtocol.Limit(plan, 6_000),
            Epochs = 2,
        };
    }

    /// <summary>
    /// Target propagation with an estimator and a pass of the activation; backpropagation with neither.
    /// </summary>
    private sealed record Method(string? Estimator, string? Pass)
    {
        public bool IsBackprop => Estimator is null;

        public string Rule => IsBackprop ? TargetPropagationProtocol.Backprop : TargetPropagationProtocol.Rule;

        public string Arm => IsBackprop ? Rule : $"{Estimator}, {Pass}";
    }
}
