namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Runs that only single experiments need.</summary>
internal static class FaultRuns
{
    /// <summary>
    /// The masks of the competitive rule: as coded, as printed, and with the inhibition that the text argues for.
    /// </summary>
    public static readonly string[] Masks = [AsCoded, "as-printed", AntiHebbian];

    /// <summary>The mask of the paper's code.</summary>
    public const string AsCoded = "as-coded";

    /// <summary>The mask that the paper's text argues for.</summary>
    public const string AntiHebbian = "anti-hebbian";

    private const int QuickLimit = 128;

    // On colour images a run at 2048 units takes most of a minute.
    private const int WidestOnLarge = 512;

    private static readonly string[] MaskProbes = [PublishedProtocol.Published, PublishedProtocol.Ridge];

    /// <summary>
    /// As published, under the published probe with doubled softmax and dropout repaired alone and together.
    /// </summary>
    public static IEnumerable<PlannedRun<PaperArm>> Factorial(ExperimentPlan plan) =>
        PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths);

    /// <summary>The same networks with the layer normalisation that the text has.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> LayerNormalized(ExperimentPlan plan) =>
        from rule in PublishedProtocol.Rules
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from seed in plan.Seeds
        select PublishedProtocol.Run(plan, rule, width, seed, Setup.LayerNormalized);

    /// <summary>The competitive rule under the coded mask, which is the rule of the main runs.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> CodedMask(ExperimentPlan plan) =>
        from run in PublishedProtocol.Grid(
            plan,
            [PublishedProtocol.Competitive],
            PublishedProtocol.Widths,
            Setup.Corrected
        )
        select UnderMask(run, AsCoded);

    /// <summary>The competitive rule under each mask but the coded one.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> OtherMasks(ExperimentPlan plan) =>
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        where width <= WidestOnLarge || !PublishedProtocol.IsLarge(plan.DataSet)
        from mask in Masks.Skip(1)
        from seed in plan.Seeds
        let options = new Dictionary<string, string> { ["mask"] = mask }
        let run = PublishedProtocol.Train(
            plan,
            PublishedProtocol.Competitive,
            width,
            seed,
            Setup.Corrected,
            MaskProbes,
            options
        )
        select UnderMask(run, mask);

    /// <summary>
    /// The competitive rule and random projections on Triangle units, with the data set's own pixel constants; on the
    /// data for which the paper has it.
    /// </summary>
    public static IEnumerable<PlannedRun<PaperArm>> TriangleUnits(ExperimentPlan plan) =>
        Triangle(
            plan,
            [PublishedProtocol.RandomTriangle, PublishedProtocol.CompetitiveTriangle],
            Setup.Corrected,
            PublishedProtocol.Ridge
        );

    /// <summary>The competitive rule on Triangle units as published; on the data for which the paper has it.</summary>
    public static IEnumerable<PlannedRun<PaperArm>> PublishedTriangle(ExperimentPlan plan) =>
        Triangle(plan, [PublishedProtocol.CompetitiveTriangle], Setup.Published, PublishedProtocol.Published);

    private static IEnumerable<PlannedRun<PaperArm>> Triangle(
        ExperimentPlan plan,
        IEnumerable<PaperRule> rules,
        Setup setup,
        string probe
    ) =>
        from rule in rules
        where
            PrintedValues.Accuracy(plan.DataSet, PublishedProtocol.CompetitiveTriangle, PublishedProtocol.Widths[0])
                is not null
        from width in plan.Affordable(PublishedProtocol.Widths, QuickLimit)
        from seed in plan.Seeds
        select PublishedProtocol.Train(plan, rule, width, seed, setup, [probe]);

    private static PlannedRun<PaperArm> UnderMask(PlannedRun<PaperArm> run, string mask) =>
        run with
        {
            Arm = run.Arm with { Condition = mask },
        };
}
