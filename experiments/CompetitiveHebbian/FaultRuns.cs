using Reproduction.Evaluation.Records;
using Reproduction.Studies;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Runs that only single experiments need.</summary>
internal static class FaultRuns
{
    /// <summary>The own rule's masks: as coded, as printed, and with the inhibition that the text argues for.</summary>
    public static readonly string[] Masks = ["as-coded", "as-printed", "anti-hebbian"];

    private const int QuickLimit = 128;

    // On colour images a run at 2048 units takes most of a minute.
    private const int WidestOnLarge = 512;
    private const int LargeSeeds = 3;
    private static readonly string[] MaskProbes = [PublishedProtocol.Published, PublishedProtocol.Ridge];

    /// <summary>
    /// As published, under the published probe with doubled softmax and dropout repaired alone and together. What most
    /// claims rest on takes all seeds: Random,
    /// and where it trains in seconds the own rule.
    /// </summary>
    public static IEnumerable<RunSpec> Factorial(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(
                plan,
                PublishedProtocol.Rules,
                PublishedProtocol.Widths,
                Arm.Published,
                PublishedProtocol.FaultSeeds
            ),
            .. from rule in PublishedProtocol.Rules
            where HasAllSeeds(rule, plan)
            from width in plan.Affordable(PublishedProtocol.Widths, PublishedProtocol.QuickLimit)
            from seed in plan.Seeds.Skip(PublishedProtocol.FaultSeeds)
            select PublishedProtocol.Train(plan, rule, width, seed, Arm.Published, PublishedProtocol.FactorialProbes),
        ];

    /// <summary>The same networks with the layer normalisation that the text has.</summary>
    public static IEnumerable<RunSpec> LayerNormalized(ExperimentPlan plan) =>
        from rule in PublishedProtocol.Rules
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from seed in HasAllSeeds(rule, plan)
            ? plan.Seeds
            : plan.First(
                rule == PublishedProtocol.OwnRule || !PublishedProtocol.IsLarge(plan.DataSet)
                    ? PublishedProtocol.FaultSeeds
                    : LargeSeeds
            )
        select PublishedProtocol.Run(plan, rule, width, seed, Arm.LayerNormalized);

    /// <summary>The own rule with each mask but the coded one, which is the rule of the main runs.</summary>
    public static IEnumerable<RunSpec> OtherMasks(ExperimentPlan plan) =>
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        where width <= WidestOnLarge || !PublishedProtocol.IsLarge(plan.DataSet)
        from mask in Masks.Skip(1)
        from seed in plan.First(PublishedProtocol.FaultSeeds)
        select PublishedProtocol.Train(
            plan,
            PublishedProtocol.OwnRule,
            width,
            seed,
            Arm.Corrected,
            MaskProbes,
            new Dictionary<string, string> { ["mask"] = mask }
        );

    /// <summary>
    /// The own rule and random projections on Triangle units, with the data set's own pixel constants; on the data that
    /// the paper has it for.
    /// </summary>
    public static IEnumerable<RunSpec> TriangleUnits(ExperimentPlan plan) =>
        Triangle(
            plan,
            [PublishedProtocol.RandomTriangle, PublishedProtocol.OwnTriangle],
            LargeSeeds,
            Arm.Corrected,
            PublishedProtocol.Ridge
        );

    /// <summary>The own rule on Triangle units as published; on the data that the paper has it for.</summary>
    public static IEnumerable<RunSpec> PublishedTriangle(ExperimentPlan plan) =>
        Triangle(
            plan,
            [PublishedProtocol.OwnTriangle],
            PublishedProtocol.FaultSeeds,
            Arm.Published,
            PublishedProtocol.Published
        );

    private static IEnumerable<RunSpec> Triangle(
        ExperimentPlan plan,
        IEnumerable<PaperRule> rules,
        int seeds,
        Arm arm,
        string probe
    ) =>
        from rule in rules
        where
            PrintedValues.Accuracy(plan.DataSet, PublishedProtocol.OwnTriangle, PublishedProtocol.Widths[0]) is not null
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from seed in plan.First(seeds)
        select PublishedProtocol.Train(plan, rule, width, seed, arm, [probe]);

    private static bool HasAllSeeds(PaperRule rule, ExperimentPlan plan) =>
        rule == PublishedProtocol.Random
        || (rule == PublishedProtocol.OwnRule && !PublishedProtocol.IsLarge(plan.DataSet));
}
