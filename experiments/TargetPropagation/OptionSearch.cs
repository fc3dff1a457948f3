using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// The search: the same grid for every estimator, then the best two of each on more data. The rule's defaults are what
/// it found on MNIST.
/// </summary>
public sealed class OptionSearch : TargetPropagationExperiment
{
    private const string GridName = "option-search-grid";
    private const int Finalists = 2;

    private static readonly string[] Draws = ["gaussian", "data"],
        Directions = ["4", "32", "256"],
        Ridges = ["0.0001", "1"];

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
    public override string Summary =>
        "the same grid of options for every estimator, chosen on validation samples: what makes the method work";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) => ArmsOf(plan).SelectMany(arm => Grid(plan, arm));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        from arm in ArmsOf(plan)
        from best in Grid(plan, arm)
            .OrderBy(spec => RateSearch.ErrorOf(plan, spec))
            .Take(plan.Profile == Profile.Paper ? Finalists : 1)
        select TargetPropagationProtocol.Tuned(best) with
        {
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = 3,
        };

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [.. TargetPropagationProtocol.Accuracies(Name, GridName, records, ArmOf)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ResultTable data = results.Table(Name),
            grid = results.Table(GridName);
        string[] arms = [.. data.Rows.Select(row => data.Text(row, "arm")).Distinct()];
        IReadOnlyList<string> Row(string arm)
        {
            double[] accuracies =
            [
                .. grid
                    .Rows.Where(row => grid.Text(row, "arm") == arm)
                    .Select(row => grid.Number(row, "validationAccuracy") ?? 0),
            ];
            string[] best = data
                .Rows.Where(row => data.Text(row, "arm") == arm)
                .MaxBy(row => data.Number(row, "validationAccuracy") ?? 0)!;
            string Percent(double? share) => share is { } value ? Cells.Number(100 * value, 1) : "diverged";
            return
            [
                arm,
                accuracies.Length.ToString(CultureInfo.InvariantCulture),
                Percent(accuracies.Median()),
                Percent(accuracies.Max()),
                Percent(data.Number(best, "validationAccuracy")),
                Percent(data.Number(best, "testAccuracy")),
                $"{data.Text(best, "activation")}, {data.Text(best, "optimizer")} {data.Text(best, "learningRate")}"
                    + string.Concat(
                        data.Text(best, "options")
                            .Split(' ')
                            .Where(option => Searched.Contains(option.Split('=')[0]))
                            .Select(option => $", {option.Replace("=", " ", StringComparison.Ordinal)}")
                    ),
            ];
        }

        return
        [
            new TableArtefact(
                Name,
                new Table(
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
                    [.. arms.Select(Row)],
                    [
                        "Every combination of directions, draw, ridge, optimizer and learning rate is "
                            + "tried by every arm on few samples with one seed; those that an arm cannot tell "
                            + "apart are run once (only least squares has a ridge, backprop none of them but "
                            + "optimizer and rate). The two with the best validation accuracy are trained on "
                            + "more data, and the better of them by validation accuracy is shown. A run that "
                            + "diverged counts as 0. Gradient targets, leaky ReLU of slope 0.1.",
                    ]
                )
            ),
        ];
    }

    private static IEnumerable<(string Rule, string Estimator, string Pass)> ArmsOf(ExperimentPlan plan) =>
        [
            .. TargetPropagationProtocol
                .Estimators.Where(estimator =>
                    plan.Profile == Profile.Paper
                    || estimator is TargetPropagationProtocol.AsWritten or TargetPropagationProtocol.LeastSquares
                )
                .Select(estimator => (TargetPropagationProtocol.Rule, estimator, TargetPropagationProtocol.Inverse)),
            (TargetPropagationProtocol.Rule, TargetPropagationProtocol.LeastSquares, TargetPropagationProtocol.Slope),
            (TargetPropagationProtocol.Backprop, "", ""),
        ];

    private static string ArmOf(RunSpec spec) =>
        spec.Rule == TargetPropagationProtocol.Backprop
            ? spec.Rule
            : $"{spec.RuleOptions["estimator"]}, {spec.RuleOptions["activation-pass"]}";

    /// <summary>
    /// The configurations of an arm: one grid for all, without the options that a rule or an estimator does not know.
    /// </summary>
    private static IEnumerable<RunSpec> Grid(ExperimentPlan plan, (string Rule, string Estimator, string Pass) arm)
    {
        bool isQuick = plan.Profile == Profile.Quick,
            isKnown = arm.Rule == TargetPropagationProtocol.Rule;
        return from draw in isKnown ? Draws.Take(isQuick ? 1 : Draws.Length) : [""]
            from directions in isKnown ? Directions.TakeLast(isQuick ? 1 : Directions.Length) : [""]
            from ridge in arm.Estimator == TargetPropagationProtocol.LeastSquares
                ? Ridges.TakeLast(isQuick ? 1 : Ridges.Length)
                : [Ridges[0]]
            from step in Steps.TakeLast(isQuick ? 2 : Steps.Length)
            let options = new Dictionary<string, string>
            {
                ["estimator"] = arm.Estimator,
                ["activation-pass"] = arm.Pass,
                ["output-target"] = "gradient",
                ["draw"] = draw,
                ["directions"] = directions,
                ["ridge"] = ridge,
            }
            select TargetPropagationProtocol.Of(plan, arm.Rule, isKnown ? options : null) with
            {
                Activation = "leaky-relu:0.1",
                Optimizer = step.Optimizer,
                LearningRate = step.Rate,
                Limit = TargetPropagationProtocol.Limit(plan, 6_000),
                Epochs = 2,
            };
    }
}
