using Reproduction.Evaluation;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Runs that only single experiments need.</summary>
internal static class FaultRuns
{
    /// <summary>The own rule's masks: as coded, as printed, and with the inhibition that the text argues for.</summary>
    public static readonly string[] Masks = ["as-coded", "as-printed", "anti-hebbian"];

    private static readonly string[] MaskProbes = [PublishedProtocol.Published, PublishedProtocol.Ridge];
    private static readonly string[] TriangleProbes = [PublishedProtocol.Ridge];

    /// <summary>The own rule with each mask but the coded one, which is the rule of the main runs.</summary>
    public static IEnumerable<RunSpec> OtherMasks(ExperimentPlan plan) =>
        from width in PublishedProtocol.Widths
        from mask in Masks.Skip(1)
        from seed in plan.First(PublishedProtocol.FaultSeeds)
        select PublishedProtocol.Train(plan, PublishedProtocol.OwnRule, width, seed, Arm.Corrected, MaskProbes, new Dictionary<string, string> { ["mask"] = mask });

    /// <summary>The own rule and random projections on Triangle units, with each data set's own pixel constants.</summary>
    public static IEnumerable<RunSpec> TriangleUnits(ExperimentPlan plan) =>
        from rule in new[] { PublishedProtocol.RandomTriangle, PublishedProtocol.OwnTriangle }
        from width in PublishedProtocol.Widths
        from seed in plan.First(PublishedProtocol.FaultSeeds)
        select PublishedProtocol.Train(plan, rule, width, seed, Arm.Corrected, TriangleProbes);

    /// <summary>The own rule on Triangle units as published, where the paper has it.</summary>
    public static IEnumerable<RunSpec> PublishedTriangle(ExperimentPlan plan) =>
        from width in PublishedProtocol.Widths
        from seed in plan.Seeds
        where plan.DataSet == PrintedValues.Cifar10
        select PublishedProtocol.Train(plan, PublishedProtocol.OwnTriangle, width, seed, Arm.Published, [PublishedProtocol.Published]);
}
