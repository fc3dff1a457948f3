using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies.Drawing;

namespace Reproduction.Studies.Comparisons;

/// <summary>
/// Decides whether rules beat random projections. All comparisons under one probe form one family.
/// </summary>
public static class RandomProjectionFamily
{
    /// <summary>The id of the rule that does not learn.</summary>
    public const string Random = "random";

    /// <summary>The family of the baselines, which are not compared with anything themselves.</summary>
    public const string Baseline = "baseline";

    // The seed of the resampling is fixed, so that the same records give the same table.
    private const long GateSeed = 1;

    /// <summary>Returns the spec of the same network before training, under the same probes.</summary>
    public static RunSpec Untrained(RuleCatalog rules, RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(spec);
        RunSpec random = rules[Random].Spec(spec.DataSet, spec.Hidden, spec.Seed, spec.Probes);
        return random with
        {
            Limit = spec.Limit,
            Activation = spec.Activation,
            Initialization = spec.Initialization,
            InitialScale = spec.InitialScale,
            Normalization = spec.Normalization,
            NormalizesInput = spec.NormalizesInput,
            ProbeLayers = spec.ProbeLayers,
            Targets = spec.Targets,

            // No probe reads the output layer, so rules with different ones share their random projections.
            Output = spec.Targets == RunSpec.AllTargets ? random.Output : spec.Output,
        };
    }

    /// <summary>Decides every rule and width under a probe, as one family.</summary>
    /// <returns>In the order of the contests; a contest of which a run diverged is left out.</returns>
    public static IReadOnlyList<GateRow> Decide(IEnumerable<Contest> contests, string probe)
    {
        (string Rule, int Width, Contest[] Seeds)[] groups =
        [
            .. contests
                .Where(contest => contest.HasBoth(probe))
                .GroupBy(contest => (contest.Rule, contest.Width))
                .Select(group => (group.Key.Rule, group.Key.Width, group.OrderBy(SeedOf).ToArray())),
        ];
        if (groups.Length == 0)
        {
            return [];
        }

        Comparison[] family =
        [
            .. groups.Select(group => new Comparison(
                $"{group.Rule} {group.Width}",
                [.. group.Seeds.Select(contest => PairOf(contest, probe))]
            )),
        ];
        int testSamples = Decisions.TestSamples(groups[0].Seeds[0].Learned, probe);
        IReadOnlyList<GateResult> results = new RandomProjectionGate(GateSeed).Decide(family, testSamples);
        return
        [
            .. groups.Zip(
                results,
                (group, result) => GateRow.Of(group.Rule, group.Width, probe, result, family.Length)
            ),
        ];
    }

    /// <summary>
    /// Counts decisions in a sentence's words: "6 of 12 beat random projections, 4 lose to them, 2 show no difference".
    /// </summary>
    public static string InWords(IReadOnlyList<GateRow> decisions)
    {
        int Of(GateVerdict verdict) => decisions.Count(row => row.Verdict == verdict && !row.IsProvisional);
        if (decisions.Count == 0)
        {
            return "nothing was decided";
        }

        int open = decisions.Count(row => row.IsProvisional),
            ties = Of(GateVerdict.Ties);
        string[] counts =
        [
            $"{Of(GateVerdict.Beats)} of {decisions.Count} beat random projections",
            $"{Of(GateVerdict.Loses)} lose to them",
            .. ties > 0 ? [$"{ties} show no difference"] : Array.Empty<string>(),
            .. open > 0 ? [$"{open} are undecided for want of seeds"] : Array.Empty<string>(),
        ];
        return string.Join(", ", counts);
    }

    /// <summary>
    /// Draws saved decisions as intervals about 0, in points: green above, orange below, black where no difference
    /// could be shown.
    /// </summary>
    /// <param name="limit">The largest distance from 0 that the axis shows, in points: a rule that ruins its features
    /// would otherwise squeeze all others together.
    /// </param>
    public static IntervalPanel Panel(string title, IEnumerable<GateRow> decisions, double limit)
    {
        IEnumerable<IntervalRow> rows =
            from decision in decisions
            select new IntervalRow(
                decision.Rule,
                VerdictStyle.Of(decision.VerdictText).Colour,
                100 * decision.Difference,
                100 * decision.Low,
                100 * decision.High,
                $"{decision.DifferenceText} {decision.VerdictText}"
            );
        return new IntervalPanel(title, "learned − random, in points", [.. rows], limit);
    }

    /// <summary>
    /// Draws saved decisions as pairs of accuracies, the random projections' and the rule's, best difference first.
    /// </summary>
    /// <param name="name">The name of a row.</param>
    /// <param name="rule">The id of a row's rule.</param>
    public static DumbbellPanel Pairs(
        string title,
        IEnumerable<GateRow> decisions,
        Func<GateRow, string> name,
        Func<GateRow, string> rule
    )
    {
        IEnumerable<DumbbellRow> rows =
            from decision in decisions
            orderby decision.Difference descending
            select new DumbbellRow(
                name(decision),
                SeriesStyles.OfRule(rule(decision)),
                100 * decision.RandomAccuracy,
                100 * decision.RuleAccuracy,
                $"{decision.DifferenceText} {decision.VerdictText}",
                VerdictStyle.Of(decision.VerdictText).Colour
            );
        return new DumbbellPanel(title, "test accuracy in %", [.. rows]);
    }

    private static long SeedOf(Contest contest) => contest.Learned.Spec.Seed;

    private static SeedPair PairOf(Contest contest, string probe) =>
        new(SeedOf(contest), contest.Learned.Correct[probe], contest.Random.Correct[probe]);
}
