using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Studies;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// The runs of the baselines beside <c>random</c>: weights shuffled, neurons drawn anew, raw pixels, principal
/// components.
/// </summary>
internal static class BaselineRuns
{
    /// <summary>Fractions of neurons drawn anew; 0 is the trained network itself.</summary>
    public static readonly double[] Fractions = [.. Enumerable.Range(0, 11).Select(tenth => tenth / 10.0)];

    private const int ShuffledSeeds = 3;
    private const int ReinitSeeds = 1;
    private const int QuickLimit = 32;
    private static readonly string[] Probes =
    [
        PublishedProtocol.Published,
        PublishedProtocol.Softmax,
        PublishedProtocol.Ridge,
    ];
    private static readonly PaperRule PrincipalComponents = new("pca", "PCA", 6, "identity");

    /// <summary>
    /// The widest layer for which nothing is left out: beyond it, PCA's decomposition, the softmax probe and training
    /// on colour images take most of a minute each.
    /// </summary>
    private const int WidestInFull = 512;

    /// <summary>Each neuron's weights permuted.</summary>
    public static IEnumerable<RunSpec> Shuffled(ExperimentPlan plan) =>
        from rule in PublishedProtocol.LearningRules
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from seed in plan.First(width <= WidestInFull || !PublishedProtocol.IsLarge(plan.DataSet) ? ShuffledSeeds : 1)
        select PublishedProtocol.Train(plan, rule, width, seed, Arm.Corrected, ProbesAt(width)) with
        {
            Control = WeightControl.Shuffled,
        };

    /// <summary>A fraction of the neurons drawn anew.</summary>
    public static IEnumerable<RunSpec> Reinitialized(ExperimentPlan plan) =>
        from rule in PublishedProtocol.LearningRules
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        where width <= WidestInFull || !PublishedProtocol.IsLarge(plan.DataSet)
        from fraction in plan.Profile == Profile.Paper ? Fractions.Skip(1) : [0.5, 1]
        from seed in plan.First(ReinitSeeds)
        select PublishedProtocol.Train(plan, rule, width, seed, Arm.Corrected, ProbesAt(width)) with
        {
            Control = WeightControl.Reinit(fraction),
        };

    /// <summary>The inputs themselves.</summary>
    public static RunSpec RawPixels(ExperimentPlan plan) =>
        PublishedProtocol.Train(plan, PublishedProtocol.Random, 1, plan.Seeds[0], Arm.Corrected, Probes) with
        {
            Hidden = [],
        };

    /// <summary>The inputs' first principal components.</summary>
    public static IEnumerable<RunSpec> Components(ExperimentPlan plan) =>
        from width in PublishedProtocol.Widths
        where width <= WidestInFull
        select PublishedProtocol.Train(plan, PrincipalComponents, width, plan.Seeds[0], Arm.Corrected, Probes) with
        {
            Batch = 0,
            LearningRate = 1,
            Dropout = 0,
        };

    private static string[] ProbesAt(int width) =>
        width <= WidestInFull ? Probes : [PublishedProtocol.Published, PublishedProtocol.Ridge];
}
