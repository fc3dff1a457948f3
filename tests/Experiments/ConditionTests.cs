using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Tests.Experiments;

/// <summary>Tests what is shown and what is refuted of numbers that are known but for an interval.</summary>
public class ConditionTests
{
    private const double Alpha = 0.05;

    // Mean 3, standard error √0.5; Student's quantile with four degrees of freedom is 2.7764.
    private static readonly Quantity Three = Quantity.Mean("three", [1, 2, 3, 4, 5]);

    [Fact]
    public void Intervals_are_those_of_the_textbook()
    {
        Assert.Equal((1.03676, 4.96324), Rounded(Three));
        Assert.Equal((0.69150, 1.0), Rounded(Quantity.Share("share", 10, 10)));
        Assert.Equal((0.26238, 0.87845), Rounded(Quantity.Share("share", 6, 10)));
        Assert.Equal((-1.80894, 7.80894), Rounded(Quantity.Prediction("next", [1, 2, 3, 4, 5])));
        // Leaving one of 1 to 5 out of their mean: the jackknife's standard error is that of the mean.
        Quantity correlation = Quantity.Correlation("ρ", 0.3, [0.35, 0.325, 0.3, 0.275, 0.25]);
        Assert.Equal(Math.Round(Math.Tanh(0.3 - 0.196324), 5), Rounded(correlation).Low);
        Assert.Equal(Math.Round(Math.Tanh(0.3 + 0.196324), 5), Rounded(correlation).High);
        Assert.Equal(Math.Exp(3), Quantity.Ratio("ratio", [1, 2, 3, 4, 5]).Value, 1e-12);
        Assert.Equal((2, 9), Rounded(Quantity.MedianRatio("r", [.. Enumerable.Range(1, 10).Select(i => Math.Log(i))])));
        Assert.Equal(Interval.Unknown, Quantity.Mean("one", [1.0]).Interval(0.95));
        Assert.Equal("three 3.00 [1.04, 4.96]", Three.Text);
        Assert.Equal("one 1.00", Quantity.Mean("one", [1.0]).Text);
    }

    [Theory]
    [InlineData(1.0, 0, Truth.Shown)]
    [InlineData(1.1, 0, Truth.Open)]
    [InlineData(4.9, 0, Truth.Open)]
    [InlineData(5.0, 0, Truth.Refuted)]
    [InlineData(4.9, 0.1, Truth.Refuted)]
    [InlineData(1.0, 5, Truth.Refuted)]
    public void A_number_lies_above_a_threshold_if_its_whole_interval_does_and_not_by_less_than_the_margin(
        double threshold,
        double margin,
        Truth expected
    )
    {
        Contrast above = Three.Above(threshold, margin),
            below = Quantity.Mean("three", [-1, -2, -3, -4, -5]).Below(-threshold, margin);
        double beyond = (3 - threshold - (expected == Truth.Refuted ? margin : 0)) / Math.Sqrt(0.5);
        foreach (Condition condition in new Condition[] { above, below })
        {
            Decision decision = condition.Decide(Alpha);
            Assert.Equal(expected, decision.Truth);
            Assert.Equal(beyond, decision.Distance, 1e-12);
            Decision contrary = Condition.Not(condition).Decide(Alpha);
            Assert.Equal(
                expected switch
                {
                    Truth.Shown => Truth.Refuted,
                    Truth.Refuted => Truth.Shown,
                    _ => Truth.Open,
                },
                contrary.Truth
            );
            Assert.Equal(-beyond, contrary.Distance, 1e-12);
            Assert.Equal(expected, Condition.Not(Condition.Not(condition)).Decide(Alpha).Truth);
        }
    }

    [Theory]
    [InlineData(1, 5, Truth.Shown)]
    [InlineData(1.1, 5, Truth.Open)]
    [InlineData(1, 4.9, Truth.Open)]
    [InlineData(5, 6, Truth.Refuted)]
    [InlineData(0, 1, Truth.Refuted)]
    public void A_number_lies_between_thresholds_if_its_whole_interval_does(double low, double high, Truth expected) =>
        Assert.Equal(expected, Three.Within(low, high).Decide(Alpha).Truth);

    [Fact]
    public void A_number_that_lacks_a_seed_shows_nothing_and_can_be_refuted()
    {
        Quantity four = Quantity.Mean("four", [1, 2, 3, 4, double.NaN]);
        Assert.Equal((1, 2.5), (four.Missing, four.Value));
        Assert.Equal(Truth.Open, four.Above(-100).Decide(Alpha).Truth);
        Assert.Equal(Truth.Refuted, four.Above(100).Decide(Alpha).Truth);
        Assert.EndsWith("(1 diverged)", four.Text, StringComparison.Ordinal);

        // Nor does it show the contrary of what it refutes.
        Assert.Equal(Truth.Open, Condition.Not(four.Above(100)).Decide(Alpha).Truth);
        Assert.Throws<MissingEvidenceException>(() => Quantity.Mean("none", [double.NaN]));
    }

    /// <summary>
    /// A run that diverged is wrong on every sample, which may refute that a rule is better; that it is worse is not
    /// shown by it, and neither is anything where it was the baseline.
    /// </summary>
    [Fact]
    public void A_diverged_run_is_wrong_throughout_and_shows_nothing()
    {
        SampleTable diverged = SampleTable.Right([(1, [0b0111]), (2, null), (3, [0b0111])], 4),
            other = SampleTable.Right([(1, [0b0110]), (2, [0b1111]), (3, [0b0110])], 4);
        Quantity less = Quantity.Points("less", diverged.Less(other).Times(0.5));
        Assert.Equal(1, less.Missing);
        Assert.Equal(100 * (0.25 - 1 + 0.25) / 6, less.Value, 1e-12);
        Assert.Equal(1, Quantity.Points("less", other.Less(diverged)).Missing);
        Assert.Equal(Truth.Open, less.Below(1000).Decide(Alpha).Truth);
        Assert.Equal(Truth.Refuted, less.Above(1000).Decide(Alpha).Truth);
        Assert.Equal([2], diverged.Less(other).Plus(1, other).Diverged);
    }

    /// <summary>
    /// Standard deviation √2.5, mean 3: above 1.5 it is shown by the first n with Φ((1.5 − t·√(2.5/n))/√(2.5/n)) ≥ 0.8.
    /// With n = 11 the root is 0.4767, t is 2.2281, and Φ(0.918) = 0.821; with n = 10 these are 0.5, 2.2622 and 0.770.
    /// </summary>
    [Fact]
    public void An_open_number_comes_with_the_seeds_that_would_decide_it()
    {
        Assert.Equal(new Requirement(11, null), Three.Above(1.5).Needed(0.95));
        Assert.Equal(new Requirement(11, null), Quantity.Mean("m", [-1, -2, -3, -4, -5]).Below(-1.5).Needed(0.95));

        // On the other side of its threshold it is decided as well, by being refuted.
        Assert.Equal(new Requirement(11, null), Three.Above(4.5).Needed(0.95));
        Assert.Null(Three.Above(3).Needed(0.95));
        Assert.Null(Three.Within(2, 4).Needed(0.95));
    }

    /// <summary>
    /// The interval at 95 % reaches down to 1.037, the one at 97.5 % to 0.528: what is shown at the level of one
    /// comparison is not at that of two.
    /// </summary>
    [Fact]
    public void Of_several_each_is_shown_at_its_own_level_and_one_is_refuted_at_the_level_of_all()
    {
        Contrast own = Three.Above(0.9),
            refutedAlone = Three.Below(0.9),
            shown = Three.Above(-10);
        Assert.Equal(Truth.Shown, Condition.All(own, own).Decide(Alpha).Truth);
        Assert.Equal(Truth.Refuted, Condition.All(refutedAlone).Decide(Alpha).Truth);
        Assert.Equal(Truth.Open, Condition.All(refutedAlone, shown).Decide(Alpha).Truth);
        Assert.Equal(Truth.Shown, Condition.Any(own).Decide(Alpha).Truth);
        Assert.Equal(Truth.Open, Condition.Any(own, Three.Above(10)).Decide(Alpha).Truth);
        Assert.Equal(Truth.Refuted, Condition.Any(refutedAlone, refutedAlone).Decide(Alpha).Truth);
        Assert.Equal(Truth.Open, Condition.Any(refutedAlone, own).Decide(Alpha).Truth);
    }

    [Fact]
    public void A_decision_names_the_number_that_it_hangs_on_and_its_level()
    {
        Contrast near = Three.Above(1),
            far = Three.Above(0),
            open = Three.Above(2),
            refuting = Three.Above(6);
        Assert.Equal("three > 1", Condition.All(far, near).Decide(Alpha).HangsOn.Assertion);
        Assert.Equal("three > 2", Condition.All(far, open).Decide(Alpha).HangsOn.Assertion);
        Decision refuted = Condition.All(far, open, refuting).Decide(Alpha);
        Assert.Equal(("three > 6", 1 - (Alpha / 3)), (refuted.HangsOn.Assertion, refuted.Level));
        Assert.Equal(
            ("three < 6", 3),
            (refuted.Conclusion.Assertion, Math.Round(Math.Sqrt(0.5) * DistanceOf(refuted)))
        );
        Decision farthest = Condition.All(open, Three.Above(4), far).Decide(Alpha);
        Assert.Equal(("three > 4", "three > 4"), (farthest.HangsOn.Assertion, farthest.Conclusion.Assertion));
        Decision contrary = Condition.Not(Condition.All(far, open, refuting)).Decide(Alpha);
        Assert.Equal((Truth.Shown, "three < 6"), (contrary.Truth, contrary.HangsOn.Assertion));
        Assert.Equal("three > −0.5", Condition.Not(Three.Below(0.5, 1)).Decide(Alpha).HangsOn.Assertion);
        Assert.Equal("three outside 1 and 2", Condition.Not(Three.Within(1, 2)).Decide(Alpha).HangsOn.Assertion);
    }

    [Fact]
    public void Verdicts_follow_from_the_conditions_alone()
    {
        Condition shown = Three.Above(1),
            refuted = Three.Above(5),
            open = Three.Above(3);
        Assert.Equal("reproduced", new Finding(shown).VerdictText);
        Assert.Equal("not reproduced", new Finding(refuted).VerdictText);
        Assert.Equal("inconclusive", new Finding(open).VerdictText);
        Assert.Equal("three < 5", new Finding(refuted).Decision.Conclusion.Assertion);
        Assert.Equal("artefact of F3", new Finding(refuted) { Mistake = ("F3", shown) }.VerdictText);
        Assert.Equal("not reproduced", new Finding(refuted) { Mistake = ("F3", open) }.VerdictText);
        Assert.Equal("reproduced", new Finding(shown) { Mistake = ("F3", shown) }.VerdictText);
    }

    /// <summary>With three faults each has the level of three: from there the interval reaches down to 0.199.</summary>
    [Theory]
    [InlineData(0.1, 5.0, 0.0, "artefact of F1, F3")]
    [InlineData(0.9, 5.0, 5.0, "inconclusive")]
    [InlineData(3.0, 5.0, 5.0, "inconclusive")]
    [InlineData(5.0, 5.0, 5.0, "reproduced")]
    public void A_claim_is_an_artefact_of_faults_that_remove_it_and_reproduced_if_none_can(
        double first,
        double second,
        double third,
        string expected
    ) =>
        Assert.Equal(
            expected,
            new Finding(Three.Above(1))
            {
                Repairs = [("F1", Three.Above(first)), ("F2", Three.Above(second)), ("F3", Three.Above(third))],
            }.VerdictText
        );

    private static double DistanceOf(Decision decision) => decision.Conclusion.Distance(1 - decision.Level);

    private static (double Low, double High) Rounded(Quantity quantity)
    {
        Interval interval = quantity.Interval(0.95);
        return (Math.Round(interval.Low, 5), Math.Round(interval.High, 5));
    }
}
