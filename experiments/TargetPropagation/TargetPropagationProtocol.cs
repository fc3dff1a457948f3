using System.Globalization;
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

    /// <summary>
    /// The estimators, from the text's own to the one that minimises the batch's squared error.
    /// </summary>
    public static readonly string[] Estimators = [AsWritten, "mean", "trimmed", "median", LeastSquares];

    // Final runs are measured at every hundredth step.
    private const int Interval = 100;

    /// <summary>
    /// The set-up nearest to the text: the target itself, the inverse of the activation, no optimizer but the step
    /// itself.
    /// </summary>
    /// <param name="others">Options that take the place of these.</param>
    public static RunSpec Text(
        ExperimentPlan plan,
        string estimator,
        int directions,
        IReadOnlyDictionary<string, string>? others = null
    )
    {
        Dictionary<string, string> options = new()
        {
            ["estimator"] = estimator,
            ["directions"] = directions.ToString(CultureInfo.InvariantCulture),
            ["output-target"] = "exact",
            ["activation-pass"] = Inverse,
            ["ridge"] = "0.0001",
        };
        foreach ((string name, string value) in others ?? new Dictionary<string, string>())
        {
            options[name] = value;
        }

        return Of(plan, Rule, options) with
        {
            Activation = "leaky-relu:0.5",
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 1,
        };
    }

    /// <summary>
    /// A rule's own set-up, that of target propagation being what <see cref="OptionSearch"/> found, but for some
    /// options.
    /// </summary>
    public static RunSpec Of(ExperimentPlan plan, string rule, IReadOnlyDictionary<string, string>? options = null) =>
        plan.Rules[rule].Spec(plan.DataSet, [Units], plan.Seeds[0], [], options) with
        {
            Epochs = 1,
            Batch = 256,
            Limit = Limit(plan, 24_000),
        };

    /// <summary>So many training samples in the paper profile; a quarter in the quick one.</summary>
    public static int Limit(ExperimentPlan plan, int paper) => plan.Profile == Profile.Paper ? paper : paper / 4;

    /// <summary>
    /// The search for a learning rate that every arm of a comparison gets alike: with the first seed.
    /// </summary>
    /// <param name="quick">Those of <paramref name="paper"/> that the quick profile pays for.</param>
    public static RateSearch Rates(ExperimentPlan plan, IReadOnlyList<double> paper, params double[] quick) =>
        new(plan.Profile == Profile.Paper ? paper : quick, 1);

    /// <summary>A spec as final runs have it.</summary>
    public static RunSpec Measured(RunSpec spec) => spec with { Diagnostics = Interval };

    /// <summary>The specs of an arm at the rate that its search found, with every seed.</summary>
    /// <param name="searched">The spec that was searched for.</param>
    /// <param name="final">The spec as it is run then; null for the searched one.</param>
    public static IEnumerable<RunSpec> Tuned(
        ExperimentPlan plan,
        RateSearch search,
        RunSpec searched,
        RunSpec? final = null
    )
    {
        double rate = search.Best(searched, plan);
        RunSpec tuned = Measured(final ?? searched) with { LearningRate = rate };
        return plan.Seeds.Select(seed => tuned with { Seed = seed });
    }

    /// <summary>The searches of named arms.</summary>
    public static IEnumerable<PlannedRun<string>> Searches(
        ExperimentPlan plan,
        RateSearch search,
        IEnumerable<(string Arm, RunSpec Spec)> arms
    ) => arms.SelectMany(arm => search.Runs(arm.Arm, arm.Spec, plan));
}
