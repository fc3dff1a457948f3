using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Results;

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

    // What tuned runs are looked at with, and known by.
    private const int Looks = 100;

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

    /// <summary>An arm's run as tables of results take it, not as one of a search.</summary>
    public static RunSpec Tuned(RunSpec spec) => spec with { Diagnostics = Looks };

    /// <summary>An arm's runs at the rate that its search found.</summary>
    /// <param name="arm">As searched for.</param>
    /// <param name="final">How it is run then.</param>
    public static IEnumerable<RunSpec> Tuned(
        ExperimentPlan plan,
        RateSearch search,
        RunSpec arm,
        int seeds,
        Func<RunSpec, RunSpec> final
    )
    {
        double rate = search.Best(arm, plan);
        return plan.First(seeds).Select(seed => Tuned(final(arm)) with { LearningRate = rate, Seed = seed });
    }

    /// <summary>Whether a run is one of <see cref="Tuned(RunSpec)"/>, not of a search.</summary>
    public static bool IsTuned(RunRecord record) => record.Spec.Diagnostics > 0;

    /// <summary>Two tables of accuracies: of tuned runs, and of the searches for them.</summary>
    public static IEnumerable<ResultTable> Accuracies(
        string name,
        string searchName,
        IReadOnlyList<RunRecord> records,
        Func<RunSpec, string> armOf,
        params (string Column, string Measure)[] others
    )
    {
        ResultTable Table(string of, IEnumerable<RunRecord> some) =>
            ArmTables.Runs(
                of,
                some,
                armOf,
                [
                    ("validationAccuracy", MeasureNames.ValidationAccuracy),
                    ("testAccuracy", MeasureNames.TestAccuracy),
                    .. others,
                ]
            );
        return [Table(name, records.Where(IsTuned)), Table(searchName, records.Where(record => !IsTuned(record)))];
    }
}
