using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>The search over all options: the same random configurations for every estimator, then the best two of each on all data. What it finds is the rule's default.</summary>
public sealed class OptionSearch : TargetPropagationExperiment
{
    private const string DrawnName = "option-search-drawn";
    private const int Finalists = 2;

    // The stream that configurations are drawn from.
    private const long DrawSeed = 1;

    private static readonly string[] Draws = ["gaussian", "rademacher", "data"], Directions = ["1", "4", "16", "64", "256"], Ridges = ["0.0001", "0.01", "1"], Gates = ["none", "variance"], OutputTargets = ["exact", "gradient", "margin"];
    private static readonly string[] Units = ["leaky-relu:0.1", "leaky-relu:0.3", "leaky-relu:0.5", "x-plus-relu"];
    private static readonly double[] Rates = [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1];
    private static readonly int[] Batches = [128, 256, 1024];

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
        select best with { Limit = TargetPropagationProtocol.Limit(plan, 60_000), Epochs = plan.Profile == Profile.Paper ? 3 : 1 };

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
                $"{data.Text(best, "activation")}, {data.Text(best, "optimizer")} {data.Text(best, "learningRate")}, batch {data.Text(best, "batch")}"
                + string.Concat(data.Text(best, "options").Split(' ').Where(option => Searched.Contains(option.Split('=')[0])).Select(option => $", {option.Replace("=", " ", StringComparison.Ordinal)}")),
            ];
        }

        return
        [
            new TableArtefact(Name, new Table(
                "The same configurations for every estimator", results.Provenance.DataSet,
                ["estimator, activation passed by", "configurations", "median validation accuracy in %", "best", "best on all data", "its test accuracy in %", "its configuration"], [.. arms.Select(Row)],
                [
                    "Configurations are drawn at random from all options and put to every arm alike; backprop takes from them what it knows. The two with the best validation accuracy are trained on all data, and the better of them by validation accuracy is shown. A run that diverged counts as 0.",
                ])),
        ];
    }

    private static readonly string[] Searched = ["directions", "draw", "ridge", "gate", "output-target"];

    private static IEnumerable<(string Rule, string Estimator, string Pass)> ArmsOf(ExperimentPlan plan) =>
    [
        .. TargetPropagationProtocol.Estimators.Where(estimator => plan.Profile == Profile.Paper || estimator is TargetPropagationProtocol.AsWritten or TargetPropagationProtocol.LeastSquares)
            .Select(estimator => (TargetPropagationProtocol.Rule, estimator, TargetPropagationProtocol.Inverse)),
        .. new[] { "trimmed", TargetPropagationProtocol.LeastSquares }.Select(estimator => (TargetPropagationProtocol.Rule, estimator, TargetPropagationProtocol.Slope)),
        (TargetPropagationProtocol.Backprop, "", ""),
    ];

    private static string ArmOf(RunSpec spec) => spec.Rule == TargetPropagationProtocol.Backprop ? spec.Rule : $"{spec.RuleOptions["estimator"]}, {spec.RuleOptions["activation-pass"]}";

    /// <summary>The configurations: the same for every arm.</summary>
    private static IEnumerable<RunSpec> Drawn(ExperimentPlan plan, (string Rule, string Estimator, string Pass) arm)
    {
        RandomStream random = RandomStream.Create(DrawSeed, "search");
        T One<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
        for (int i = 0; i < (plan.Profile == Profile.Paper ? 20 : 2); i++)
        {
            Dictionary<string, string> options = new() { ["directions"] = One(Directions), ["draw"] = One(Draws), ["ridge"] = One(Ridges), ["gate"] = One(Gates), ["output-target"] = One(OutputTargets) };
            (string activation, OptimizerKind optimizer, double rate, int batch) = (One(Units), One([OptimizerKind.Sgd, OptimizerKind.Adamw]), One(Rates), One(Batches));
            options["estimator"] = arm.Estimator;
            options["activation-pass"] = arm.Pass;
            yield return TargetPropagationProtocol.Of(plan, arm.Rule, arm.Rule == TargetPropagationProtocol.Rule ? options : null) with
            {
                Activation = activation,
                Optimizer = optimizer,
                LearningRate = rate,
                Batch = batch,
                Limit = TargetPropagationProtocol.Limit(plan, 12_000),
                Epochs = 2,
            };
        }
    }
}
