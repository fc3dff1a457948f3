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
        Assert.Equal((0.4621, 0.96403), Rounded(Quantity.Correlation("ρ", 1.25, 0.3826736, 10)));
        Assert.Equal(Math.Exp(3), Quantity.Ratio("ratio", [1, 2, 3, 4, 5]).Value, 1e-12);
        Assert.Equal((2, 9), Rounded(Quantity.MedianRatio("r", [.. Enumerable.Range(1, 10).Select(i => Math.Log(i))])));
        Assert.Equal(Interval.Unknown, Quantity.Mean("one", [1.0]).Interval(0.95));
        Assert.Equal("three 3.00 [1.04, 4.96]", Three.Text);
        Assert.Equal("one 1.00", Quantity.Mean("one", [1.0]).Text);
    }

    [Theory]
    [InlineData(1.0, 0, true, false)]
    [InlineData(1.1, 0, false, false)]
    [InlineData(4.9, 0, false, false)]
    [InlineData(5.0, 0, false, true)]
    [InlineData(4.9, 0.1, false, true)]
    public void A_number_lies_above_a_threshold_if_its_whole_interval_does(
        double threshold,
        double slack,
        bool isShown,
        bool isRefuted
    )
    {
        Contrast above = Three.Above(threshold, slack),
            below = Quantity.Mean("three", [-1, -2, -3, -4, -5]).Below(-threshold, slack);
        foreach (Condition condition in new Condition[] { above, below })
        {
            Assert.Equal((isShown, isRefuted), (condition.IsShown(Alpha), condition.IsRefuted(Alpha)));
            Assert.Equal((3 - threshold) / Math.Sqrt(0.5), condition.Distance, 1e-12);
        }

        Condition not = Condition.Not(above);
        Assert.Equal((isRefuted, isShown), (not.IsShown(Alpha), not.IsRefuted(Alpha)));
        Assert.Equal(-above.Distance, not.Distance);
    }

    [Fact]
    public void A_difference_that_is_shown_is_not_refuted_for_being_small() =>
        Assert.False(Three.Above(1, slack: 10).IsRefuted(Alpha));

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
        Assert.True(Condition.All(own, own).IsShown(Alpha));
        Assert.True(Condition.All(refutedAlone).IsRefuted(Alpha));
        Assert.False(Condition.All(refutedAlone, shown).IsRefuted(Alpha));
        Assert.True(Condition.Any(own).IsShown(Alpha));
        Assert.False(Condition.Any(own, Three.Above(10)).IsShown(Alpha));
        Assert.True(Condition.Any(refutedAlone, refutedAlone).IsRefuted(Alpha));
        Assert.False(Condition.Any(refutedAlone, own).IsRefuted(Alpha));
    }

    [Fact]
    public void A_verdict_hangs_on_the_number_nearest_to_its_threshold()
    {
        Contrast near = Three.Above(2),
            far = Three.Above(0);
        Assert.Same(near, Condition.All(far, near).Deciding);
        Assert.Same(far, Condition.Any(far, near).Deciding);
        Assert.Equal("three > 2", near.Asserted);
        Assert.Equal("three < −0.5", Three.Below(-0.5).Asserted);
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
        Finding faults = new(shown) { Explanations = [("F1", Three.Above(0.9)), ("F2", refuted), ("F3", shown)] };

        // With three faults each has the level of three: from there the interval reaches down to 0.199.
        Assert.Equal(ClaimVerdict.Reproduced, faults.Verdict);
        Assert.Equal(
            "artefact of F1, F3",
            (
                faults with
                {
                    Explanations = [("F1", Three.Above(0.1)), ("F2", refuted), ("F3", Three.Above(0))],
                }
            ).VerdictText
        );
    }

    private static (double Low, double High) Rounded(Quantity quantity)
    {
        Interval interval = quantity.Interval(0.95);
        return (Math.Round(interval.Low, 5), Math.Round(interval.High, 5));
    }
}
