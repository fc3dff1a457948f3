using Reproduction.Evaluation.Training;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// The runs of the baselines beside random projections: weights shuffled, neurons drawn anew, raw pixels, principal
/// components. The condition of an arm is what was done to the weights after training.
/// </summary>
internal static class BaselineRuns
{
    /// <summary>Fractions of neurons drawn anew; 0 is the trained network itself.</summary>
    public static readonly double[] Fractions = [.. Enumerable.Range(0, 11).Select(tenth => tenth / 10.0)];

    /// <summary>The rule of the inputs' principal components.</summary>
    public static readonly PaperRule PrincipalComponents = new("pca", "pca", "identity");

    private const int ShuffledSeeds = 3;
    private const int ReinitSeeds = 1;
    private const int QuickLimit = 32;

    private static readonly string[] Probes =
    [
        PublishedProtocol.Published,
        PublishedProtocol.Softmax,
        PublishedProtocol.Ridge,
    ];

    /// <summary>
    /// The widest layer for which nothing is left out: beyond it, the decomposition for principal components, the
    /// softmax probe and training on colour images take most of a minute each.
    /// </summary>
    private const int WidestInFull = 512;

    /// <summary>The trained networks as they are, under a condition of that name.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> Trained(ExperimentPlan plan, string condition) =>
        from run in PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, Setup.Corrected)
        select Under(run, condition);

    /// <summary>Networks with each neuron's weights permuted.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> Shuffled(ExperimentPlan plan) =>
        from rule in PublishedProtocol.LearningRules
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        let isCheap = width <= WidestInFull || !PublishedProtocol.IsLarge(plan.DataSet)
        from seed in plan.First(isCheap ? ShuffledSeeds : 1)
        select Controlled(plan, rule, width, seed, WeightControl.Shuffled);

    /// <summary>Networks with a fraction of the neurons drawn anew.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> Reinitialized(ExperimentPlan plan) =>
        from rule in PublishedProtocol.LearningRules
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        where width <= WidestInFull || !PublishedProtocol.IsLarge(plan.DataSet)
        from fraction in plan.Profile == Profile.Paper ? Fractions.Skip(1) : [0.5, 1]
        from seed in plan.First(ReinitSeeds)
        select Controlled(plan, rule, width, seed, WeightControl.Reinit(fraction));

    /// <summary>The inputs themselves.</summary>
    public static PlannedRun<PaperArm> RawPixels(ExperimentPlan plan)
    {
        PlannedRun<PaperArm> run = Corrected(plan, PublishedProtocol.Random, 1, plan.Seeds[0], Probes);
        return Under(run with { Spec = run.Spec with { Hidden = [] } }, WeightControl.None, width: 0);
    }

    /// <summary>The inputs' first principal components.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> Components(ExperimentPlan plan) =>
        from width in PublishedProtocol.Widths
        where width <= WidestInFull
        let run = Corrected(plan, PrincipalComponents, width, plan.Seeds[0], Probes)
        let spec = run.Spec with
        {
            Batch = 0,
            LearningRate = 1,
            Dropout = 0,
        }
        select Under(run with { Role = RunRole.Baseline, Spec = spec }, WeightControl.None);

    private static PlannedRun<PaperArm> Controlled(
        ExperimentPlan plan,
        PaperRule rule,
        int width,
        long seed,
        string control
    )
    {
        string[] probes = width <= WidestInFull ? Probes : [PublishedProtocol.Published, PublishedProtocol.Ridge];
        PlannedRun<PaperArm> run = Corrected(plan, rule, width, seed, probes);
        return Under(run with { Role = RunRole.Baseline, Spec = run.Spec with { Control = control } }, control);
    }

    private static PlannedRun<PaperArm> Corrected(
        ExperimentPlan plan,
        PaperRule rule,
        int width,
        long seed,
        string[] probes
    ) => PublishedProtocol.Train(plan, rule, width, seed, Setup.Corrected, probes);

    private static PlannedRun<PaperArm> Under(PlannedRun<PaperArm> run, string condition, int? width = null) =>
        run with
        {
            Arm = run.Arm with { Condition = condition, Width = width ?? run.Arm.Width },
        };
}
