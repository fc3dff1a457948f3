using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>The set-ups that the experiments on target propagation have in common.</summary>
internal static class TargetPropagationProtocol
{
    public const string Paper = "target-propagation";
    public const string Rule = "target-propagation";
    public const string Difference = "difference-target-propagation";
    public const string Backprop = "backprop";

    public const string LeastSquares = "least-squares";
    public const string AsWritten = "as-written";
    public const string Inverse = "inverse";
    public const string Slope = "slope";

    /// <summary>Units of the hidden layer.</summary>
    public const int Units = 256;

    /// <summary>The estimators, from the text's own to the one that minimises the batch's squared error.</summary>
    public static readonly string[] Estimators = [AsWritten, "mean", "trimmed", "median", LeastSquares];

    /// <summary>The set-up nearest to the text: one direction, the target itself, the inverse of the activation, no optimizer but the step itself.</summary>
    public static RunSpec Text(ExperimentPlan plan, string estimator, int directions, IReadOnlyDictionary<string, string>? others = null) =>
        Of(plan, Rule, new Dictionary<string, string>(others ?? new Dictionary<string, string>())
        {
            ["estimator"] = estimator,
            ["directions"] = directions.ToString(CultureInfo.InvariantCulture),
            ["output-target"] = others?.GetValueOrDefault("output-target") ?? "exact",
            ["activation-pass"] = others?.GetValueOrDefault("activation-pass") ?? Inverse,
            ["ridge"] = others?.GetValueOrDefault("ridge") ?? "0.0001",
        }) with
        {
            Activation = "leaky-relu:0.5",
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 1,
        };

    /// <summary>A rule's own set-up, that of target propagation being what <see cref="OptionSearch"/> found, but for some options.</summary>
    public static RunSpec Of(ExperimentPlan plan, string rule, IReadOnlyDictionary<string, string>? options = null) =>
        RunSpec.For(plan.Rules[rule], plan.DataSet, [Units], plan.Seeds[0], [], options) with { Epochs = 1, Batch = 256, Limit = Limit(plan, 24_000) };

    /// <summary>The search for a learning rate that every arm gets alike.</summary>
    public static RateSearch Rates(ExperimentPlan plan) => plan.Profile == Profile.Paper ? new([1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1], 1) : new([3e-3, 3e-1], 1);

    /// <summary>So many training samples in the paper profile; a quarter in the quick one.</summary>
    public static int Limit(ExperimentPlan plan, int paper) => plan.Profile == Profile.Paper ? paper : paper / 4;

    /// <summary>So many seeds in the paper profile; one in the quick one.</summary>
    public static IEnumerable<long> Seeds(ExperimentPlan plan, int paper) => plan.First(plan.Profile == Profile.Paper ? paper : 1);
}
