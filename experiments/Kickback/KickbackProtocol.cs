using Reproduction.Evaluation.Probes;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// How Kickback is held against backpropagation: the networks, the arms, and the search that every arm gets alike.
/// </summary>
internal static class KickbackProtocol
{
    public const string Paper = "kickback";

    /// <summary>Balduzzi, Vanchinathan and Buhmann 2015.</summary>
    public const string PaperTitle = "Kickback cuts Backprop's red-tape";

    /// <summary>The torque that is regressed, the field's usual one.</summary>
    public const string Target = "t1";

    /// <summary>Units of every hidden layer.</summary>
    public const int Units = 100;

    /// <summary>The deepest networks, on which depth shows most.</summary>
    public const int Deepest = 6;

    private const int Batch = 32;

    public static readonly int[] Depths = [2, 4, Deepest];

    public static readonly Initialization[] Initializations =
    [
        Initialization.He,
        Initialization.SignMatched,
        Initialization.SignMatchedScaled,
    ];

    public static readonly OptimizerKind[] Optimizers = Enum.GetValues<OptimizerKind>();

    public static readonly Normalization[] Normalizations = Enum.GetValues<Normalization>();

    /// <summary>The depths that a profile pays for.</summary>
    public static IEnumerable<int> DepthsOf(Profile profile) =>
        profile == Profile.Paper ? Depths : [Depths[0], Deepest];

    /// <summary>The search for learning rates: one grid and one budget for all arms.</summary>
    public static RateSearch SearchOf(Profile profile) =>
        profile == Profile.Paper
            ? new([1e-8, 1e-7, 1e-6, 1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1], 2)
            : new([1e-3, 1e-2, 1e-1], 1);

    /// <summary>One of the arm's runs, without its learning rate.</summary>
    public static RunSpec Spec(ExperimentPlan plan, KickbackArm arm)
    {
        Dictionary<string, string> options = arm.Hops is { } hops
            ? new()
            {
                ["hops"] = $"{hops}",
                ["influence"] = arm.Influence,
                ["normalization-pass"] = arm.NormalizationPass,
            }
            : [];
        return plan.Rules[arm.Rule]
            .Spec(plan.DataSet, [.. Enumerable.Repeat(Units, arm.Depth)], plan.Seeds[0], [], options) with
        {
            Targets = arm.Targets,
            Activation = "signed-relu",
            Output = "identity",
            Initialization = arm.Initialization,
            Optimizer = arm.Optimizer,
            Normalization = arm.Normalization,
            NormalizesInput = false,
            Batch = Batch,
            Limit = Limit(plan.Profile),
            Epochs = Epochs(plan),
        };
    }

    /// <summary>
    /// The arm's runs at the rate that its search found, with every seed. They are measured eight times, or twice in
    /// the quick profile, of which on the simulated arm the last is the last step.
    /// </summary>
    /// <param name="spec">One of the arm's runs, whatever its learning rate and seed.</param>
    public static IEnumerable<PlannedRun<KickbackArm>> Final(
        ExperimentPlan plan,
        KickbackArm arm,
        RunSpec spec,
        RateSearch search
    )
    {
        RunSpec final = spec with
        {
            LearningRate = search.Best(spec, plan),
            Diagnostics = plan.Profile == Profile.Paper ? 447 : 313,
        };
        return plan.Seeds.Select(seed => new PlannedRun<KickbackArm>(arm, RunRole.Final, final with { Seed = seed }));
    }

    /// <summary>Training samples used, those for validation included.</summary>
    private static int Limit(Profile profile) => profile == Profile.Paper ? 12_000 : 6_000;

    /// <summary>
    /// As many passes as make about as many steps on any set: ten, or two in the quick profile, over all that are used
    /// of the simulated arm's.
    /// </summary>
    private static int Epochs(ExperimentPlan plan)
    {
        int limit = Limit(plan.Profile),
            seen = TrainingFeatures.FitCountOf(Math.Min(limit, plan.TrainingSamples));
        return (int)
            Math.Round((plan.Profile == Profile.Paper ? 10 : 2) * (TrainingFeatures.FitCountOf(limit) / (double)seen));
    }
}
