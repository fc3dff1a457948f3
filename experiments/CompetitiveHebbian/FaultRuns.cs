using Reproduction.Evaluation;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Runs that only single experiments need.</summary>
internal static class FaultRuns
{
    /// <summary>The own rule's masks: as coded, as printed, and with the inhibition that the text argues for.</summary>
    public static readonly string[] Masks = ["as-coded", "as-printed", "anti-hebbian"];

    private const int QuickLimit = 128;
    private static readonly string[] MaskProbes = [PublishedProtocol.Published, PublishedProtocol.Ridge];
    private static readonly string[] TriangleProbes = [PublishedProtocol.Ridge];

    /// <summary>
    /// As published, under the published probe with doubled softmax and dropout repaired alone and together. Random and the own rule, on which most claims
    /// rest, take all seeds.
    /// </summary>
    public static IEnumerable<RunSpec> Factorial(ExperimentPlan plan) =>
    [
        .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, Arm.Published, PublishedProtocol.FaultSeeds),
        .. from rule in new[] { PublishedProtocol.Random, PublishedProtocol.OwnRule }
           from width in PublishedProtocol.Widths
           from seed in plan.Seeds.Skip(PublishedProtocol.FaultSeeds)
           select PublishedProtocol.Train(plan, rule, width, seed, Arm.Published, PublishedProtocol.FactorialProbes),
    ];

    /// <summary>The same networks with the layer normalisation that the text has.</summary>
    public static IEnumerable<RunSpec> LayerNormalized(ExperimentPlan plan) =>
        from rule in PublishedProtocol.Rules
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from seed in rule == PublishedProtocol.Random || rule == PublishedProtocol.OwnRule ? plan.Seeds : plan.First(PublishedProtocol.FaultSeeds)
        select PublishedProtocol.Run(plan, rule, width, seed, Arm.LayerNormalized);

    /// <summary>The own rule with each mask but the coded one, which is the rule of the main runs.</summary>
    public static IEnumerable<RunSpec> OtherMasks(ExperimentPlan plan) =>
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from mask in Masks.Skip(1)
        from seed in plan.First(PublishedProtocol.FaultSeeds)
        select PublishedProtocol.Train(plan, PublishedProtocol.OwnRule, width, seed, Arm.Corrected, MaskProbes, new Dictionary<string, string> { ["mask"] = mask });

    /// <summary>The own rule and random projections on Triangle units, with each data set's own pixel constants.</summary>
    public static IEnumerable<RunSpec> TriangleUnits(ExperimentPlan plan) =>
        from rule in new[] { PublishedProtocol.RandomTriangle, PublishedProtocol.OwnTriangle }
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from seed in plan.First(PublishedProtocol.FaultSeeds)
        select PublishedProtocol.Train(plan, rule, width, seed, Arm.Corrected, TriangleProbes);

    /// <summary>The own rule on Triangle units as published, where the paper has it.</summary>
    public static IEnumerable<RunSpec> PublishedTriangle(ExperimentPlan plan) =>
        from width in PublishedProtocol.Widths
        from seed in plan.Seeds
        where plan.DataSet == PrintedValues.Cifar10 && plan.Profile == Profile.Paper
        select PublishedProtocol.Train(plan, PublishedProtocol.OwnTriangle, width, seed, Arm.Published, [PublishedProtocol.Published]);
}
