using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Comparisons;

/// <summary>Decides a question: whether the layers of several arms are better than the same layers untrained.</summary>
public static class Decisions
{
    /// <summary>
    /// Decides a table of an experiment, with its usual terms, as one question: an arm is a rule and a network, and
    /// every arm was to have the seeds that any has.
    /// </summary>
    /// <param name="probe">The probe that decides; null for one layer after the other where each is probed.</param>
    public static IReadOnlyList<DecisionRow> Decide(IReadOnlyList<Contest> contests, string? probe)
    {
        ArgumentNullException.ThrowIfNull(contests);
        return Decide(
            contests,
            DecisionTerms.Default,
            contests.Select(contest => contest.Learned.Spec.Seed).Distinct().Count(),
            contests
                .DistinctBy(contest => (contest.Rule, HiddenOf(contest)))
                .Sum(contest => probe is null ? contest.Learned.Spec.ProbeNames().Count() : 1),
            decided => probe is null || decided == probe
        );
    }

    /// <summary>Decides every arm, network and probed layer as one question.</summary>
    /// <param name="seeds">The number of seeds that every arm was to have; what is missing counts as diverged.</param>
    /// <param name="comparisons">The number of comparisons of the question, whether or not they came to an end.</param>
    /// <param name="isDecided">Whether a probe belongs to the question; by default each does.</param>
    /// <returns>In the order of the contests, and of the layers that their runs probe.</returns>
    public static IReadOnlyList<DecisionRow> Decide(
        IEnumerable<Contest> contests,
        DecisionTerms terms,
        int seeds,
        int comparisons,
        Func<string, bool>? isDecided = null
    )
    {
        ArgumentNullException.ThrowIfNull(contests);
        ArgumentNullException.ThrowIfNull(terms);
        return
        [
            .. from contest in contests
            group contest by (contest.Rule, HiddenOf(contest)) into arm
            from probe in arm.First().Learned.Spec.ProbeNames()
            where isDecided?.Invoke(probe) ?? true
            select Decide([.. arm], probe, seeds, comparisons, terms),
        ];
    }

    /// <summary>Decides one comparison of a question.</summary>
    private static DecisionRow Decide(Contest[] contests, string probe, int seeds, int comparisons, DecisionTerms terms)
    {
        Contest[] pairs = [.. contests.Where(contest => contest.HasBoth(probe))];
        int samples = pairs.Length > 0 ? CorrectRow.TestSamples(pairs[0].Learned, probe) : 0;
        SampleTable Right(Func<Contest, RunRecord> side) =>
            SampleTable.Right(
                pairs.Select(pair => (pair.Learned.Spec.Seed, (byte[]?)side(pair).Correct[probe])),
                samples
            );
        SampleTable rule = Right(pair => pair.Learned),
            random = Right(pair => pair.Random),
            difference = rule.Less(random);
        Effect effect = Effect.Of(difference);
        double level = terms.LevelOf(comparisons);
        Interval interval = effect.Interval(terms.Estimand, level);
        Judgement judgement = new(interval, terms.Margin, seeds - pairs.Length);
        Proportion? superiority = pairs.Length > 0 ? Proportion.Ahead(difference.SeedMeans()) : null;
        Requirement? requirement =
            judgement.Diverged > 0 ? null
            : terms.Threshold is { } threshold
                ? judgement.IsBetterBy(threshold) ? null
                    : Requirement.Above(effect, threshold, level, terms.Estimand)
            : judgement.Verdict == Verdict.Inconclusive ? Requirement.Of(effect, terms.Margin, level, terms.Estimand)
            : null;
        RunSpec spec = contests[0].Learned.Spec;
        int layer = LayerOf(probe, spec.Hidden.Length);
        return new DecisionRow(
            contests[0].Rule,
            spec.Rule,
            HiddenOf(contests[0]),
            layer == 0 ? "input" : MeasureNames.Layer(layer - 1, spec.Hidden.Length + 1),
            layer == 0 ? 0 : spec.Hidden[layer - 1],
            BaseOf(probe),
            pairs.Length,
            judgement.Diverged,
            samples,
            pairs.Length > 0 ? rule.SeedMeans().Average() : null,
            pairs.Length > 0 ? random.SeedMeans().Average() : null,
            pairs.Length > 0 ? effect.Mean : null,
            interval == Interval.Unknown ? null : interval.Low,
            interval == Interval.Unknown ? null : interval.High,
            level,
            terms.Level,
            comparisons,
            terms.Estimand,
            terms.Margin,
            judgement.Verdict,
            terms.Threshold,
            pairs.Length > 1 ? effect.SeedDeviation : null,
            pairs.Length > 1 && effect.SeedDeviation > 0 ? effect.Mean / effect.SeedDeviation : null,
            superiority?.Share,
            superiority?.Interval.Low,
            superiority?.Interval.High,
            requirement?.Seeds,
            requirement?.Samples
        );
    }

    /// <summary>
    /// Counts decisions in a sentence's words: "6 of 12 are better than random projections, 2 worse, 1 equivalent".
    /// </summary>
    public static string InWords(IReadOnlyList<DecisionRow> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        if (decisions.Count == 0)
        {
            return "nothing was decided";
        }

        int Of(Verdict verdict) => decisions.Count(row => row.Verdict == verdict);
        string better =
            $"{Of(Verdict.Better)} of {decisions.Count} {(Of(Verdict.Better) == 1 ? "is" : "are")} better than random "
            + "projections";
        IEnumerable<string> others =
            from verdict in new[] { Verdict.Worse, Verdict.Equivalent, Verdict.Inconclusive }
            where verdict == Verdict.Worse || Of(verdict) > 0
            select $"{Of(verdict)} {KebabCase.From(verdict)}";
        return string.Join(", ", others.Prepend(better));
    }

    /// <summary>
    /// Says on which terms decisions were made, in a sentence for the notes below tables and figures: "Intervals hold
    /// together for 12 comparisons, …".
    /// </summary>
    /// <param name="decisions">At least one.</param>
    public static string TermsInWords(IReadOnlyList<DecisionRow> decisions)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        string families = string.Join(" or ", decisions.Select(row => row.Family).Distinct().Order());
        return $"The intervals cover all {families} differences of a question together with "
            + $"{Cells.Number(100 * decisions[0].QuestionLevel, 0)} %, for new seeds and test samples; equivalent: "
            + $"within {Cells.Number(100 * decisions[0].Margin, 1)} points of 0.";
    }

    /// <summary>
    /// Draws decisions as pairs of accuracies, the random projections' and the arm's, best difference first.
    /// </summary>
    /// <param name="name">The name of a row.</param>
    public static DumbbellPanel Pairs(
        string title,
        IEnumerable<DecisionRow> decisions,
        Func<DecisionRow, string> name
    ) =>
        new(
            title,
            "test accuracy in %",
            [
                .. from decision in decisions
                where decision.Difference is not null
                orderby decision.Difference descending
                select new DumbbellRow(
                    name(decision),
                    SeriesStyles.OfRule(decision.Rule),
                    100 * decision.RandomAccuracy!.Value,
                    100 * decision.RuleAccuracy!.Value,
                    $"{decision.IntervalText} {KebabCase.From(decision.Verdict)}",
                    VerdictStyle.Of(decision.VerdictText).Colour
                ),
            ]
        );

    private static string HiddenOf(Contest contest) => string.Join(' ', contest.Learned.Spec.Hidden);

    /// <summary>The probe's own name, without the layer that it read.</summary>
    private static string BaseOf(string probe) => probe.Split('@')[0];

    private static int LayerOf(string probe, int hidden) =>
        Enumerable.Range(0, hidden + 1).First(layer => MeasureNames.ProbeOn(BaseOf(probe), layer, hidden) == probe);
}
