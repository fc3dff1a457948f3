using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>The search: the same random configurations for every estimator, then the best three of each on more data. What it finds is the rule's default.</summary>
public sealed class OptionSearch : TargetPropagationExperiment
{
    private const string DrawnName = "option-search-drawn";
    private const int Finalists = 3;

    // The stream that configurations are drawn from.
    private const long DrawSeed = 1;

    private static readonly string[] Draws = ["gaussian", "data"], Directions = ["4", "32", "256"], Ridges = ["0.0001", "1"];

    private static readonly (OptimizerKind Optimizer, double Rate)[] Steps =
        [(OptimizerKind.Sgd, 0.03), (OptimizerKind.Sgd, 0.3), (OptimizerKind.Sgd, 1), (OptimizerKind.Adamw, 1e-3), (OptimizerKind.Adamw, 3e-3), (OptimizerKind.Adamw, 1e-2)];

    /// <inheritdoc/>
    public override string Name => "option-search";

    /// <inheritdoc/>
    public override string Summary => "the same random configurations for every estimator, chosen on validation samples: what makes the method work";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) => ArmsOf(plan).SelectMany(arm => Drawn(plan, arm));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        from arm in ArmsOf(plan)
        from best in Drawn(plan, arm).DistinctBy(spec => spec.RunId()).OrderBy(spec => RateSearch.ErrorOf(plan.Searched[spec.RunId()])).Take(plan.Profile == Profile.Paper ? Finalists : 1)
        select best with { Limit = TargetPropagationProtocol.Limit(plan, 12_000), Epochs = 3 };

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        int drawn = records.Min(record => record.Spec.Limit);
        ResultTable Table(string name, bool isFinal) => ArmTables.Runs(
            name, records.Where(record => (record.Spec.Limit > drawn) == isFinal), ArmOf, ("validationAccuracy", MeasureNames.ValidationAccuracy), ("testAccuracy", MeasureNames.TestAccuracy));
        return [Table(Name, isFinal: true), Table(DrawnName, isFinal: false)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ResultTable data = results.Table(Name), drawn = results.Table(DrawnName);
        string[] arms = [.. data.Rows.Select(row => data.Text(row, "arm")).Distinct()];
        IReadOnlyList<string> Row(string arm)
        {
            double[] accuracies = [.. drawn.Rows.Where(row => drawn.Text(row, "arm") == arm).Select(row => drawn.Number(row, "validationAccuracy") ?? 0).OrderDescending()];
            string[] best = data.Rows.Where(row => data.Text(row, "arm") == arm).MaxBy(row => data.Number(row, "validationAccuracy") ?? 0)!;
            string Percent(double? share) => share is { } value ? Cells.Number(100 * value, 1) : "diverged";
            return
            [
                arm, accuracies.Length.ToString(CultureInfo.InvariantCulture), Percent(accuracies[accuracies.Length / 2]), Percent(accuracies[0]), Percent(data.Number(best, "validationAccuracy")), Percent(data.Number(best, "testAccuracy")),
                $"{data.Text(best, "activation")}, {data.Text(best, "optimizer")} {data.Text(best, "learningRate")}"
                + string.Concat(data.Text(best, "options").Split(' ').Where(option => Searched.Contains(option.Split('=')[0])).Select(option => $", {option.Replace("=", " ", StringComparison.Ordinal)}")),
            ];
        }

        return
        [
            new TableArtefact(Name, new Table(
                "The same configurations for every estimator", results.Provenance.DataSet,
                ["estimator, activation passed by", "configurations", "median validation accuracy in %", "best", "best on more data", "its test accuracy in %", "its configuration"], [.. arms.Select(Row)],
                [
                    "Directions, draw, ridge, optimizer and learning rate are drawn at random and put to every arm alike; backprop takes from them what it knows. The three with the best validation accuracy are trained on more data, and the best of them by validation accuracy is shown. A run that diverged counts as 0.",
                ])),
        ];
    }

    private static readonly string[] Searched = ["directions", "draw", "ridge"];

    private static IEnumerable<(string Rule, string Estimator, string Pass)> ArmsOf(ExperimentPlan plan) =>
    [
        .. TargetPropagationProtocol.Estimators.Where(estimator => plan.Profile == Profile.Paper || estimator is TargetPropagationProtocol.AsWritten or TargetPropagationProtocol.LeastSquares)
            .Select(estimator => (TargetPropagationProtocol.Rule, estimator, TargetPropagationProtocol.Inverse)),
        (TargetPropagationProtocol.Rule, TargetPropagationProtocol.LeastSquares, TargetPropagationProtocol.Slope),
        (TargetPropagationProtocol.Backprop, "", ""),
    ];

    private static string ArmOf(RunSpec spec) => spec.Rule == TargetPropagationProtocol.Backprop ? spec.Rule : $"{spec.RuleOptions["estimator"]}, {spec.RuleOptions["activation-pass"]}";

    /// <summary>The configurations: the same for every arm.</summary>
    private static IEnumerable<RunSpec> Drawn(ExperimentPlan plan, (string Rule, string Estimator, string Pass) arm)
    {
        RandomStream random = RandomStream.Create(DrawSeed, "search");
        T One<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
        for (int i = 0; i < (plan.Profile == Profile.Paper ? 24 : 2); i++)
        {
            Dictionary<string, string> options = new() { ["directions"] = One(Directions), ["draw"] = One(Draws), ["ridge"] = One(Ridges), ["output-target"] = "gradient" };
            (OptimizerKind optimizer, double rate) = One(Steps);
            options["estimator"] = arm.Estimator;
            options["activation-pass"] = arm.Pass;
            yield return TargetPropagationProtocol.Of(plan, arm.Rule, arm.Rule == TargetPropagationProtocol.Rule ? options : null) with
            {
                Activation = "leaky-relu:0.1",
                Optimizer = optimizer,
                LearningRate = rate,
                Limit = TargetPropagationProtocol.Limit(plan, 6_000),
                Epochs = 2,
            };
        }
    }
}
