using System.Text.Json;
using Reproduction.Statistics;

namespace Reproduction.Tests.Evaluation;

/// <summary>Holds effects, intervals and what is made of them to values that another program computed.</summary>
public class EffectTests
{
    private static readonly JsonElement Fixture = JsonDocument
        .Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures/statistics.json")))
        .RootElement;

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Fixture.GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Effects_are_those_of_regressions_on_indicators(int number)
    {
        JsonElement expected = Fixture.GetProperty("cases")[number];
        Estimand estimand = Of(expected);
        Effect effect = Effect.Of(Table(expected.GetProperty("table")));
        Assert.Equal(
            Numbers(expected.GetProperty("meanSquares")),
            [effect.SeedMeanSquare, effect.SampleMeanSquare, effect.ResidualMeanSquare],
            Close
        );
        Assert.Equal(expected.GetProperty("mean").GetDouble(), effect.Mean, 1e-12);
        Assert.Equal(expected.GetProperty("error").GetDouble(), effect.StandardError(estimand), 1e-12);
        AssertInterval(expected.GetProperty("interval"), effect.Interval(estimand));
        AssertInterval(expected.GetProperty("simultaneous"), effect.Interval(estimand, Family.Simultaneous(7)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_decides_a_comparison_is_what_trying_every_number_finds(int number)
    {
        JsonElement expected = Fixture.GetProperty("cases")[number];
        Requirement? requirement = Requirement.Of(
            Effect.Of(Table(expected.GetProperty("table"))),
            margin: 0.4,
            Effect.Level,
            Of(expected)
        );
        AssertRequirement(expected.GetProperty("requirement"), requirement);
        AssertRequirement(
            expected.GetProperty("above"),
            Requirement.Above(
                Effect.Of(Table(expected.GetProperty("table"))),
                threshold: 0.1,
                Effect.Level,
                Of(expected)
            )
        );
    }

    private static void AssertRequirement(JsonElement needed, Requirement? requirement)
    {
        if (needed.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(requirement);
            return;
        }

        Assert.Equal(
            (needed[0].GetInt32(), needed[1].ValueKind == JsonValueKind.Null ? null : (int?)needed[1].GetInt32()),
            (requirement!.Seeds, requirement.Samples)
        );
    }

    [Fact]
    public void The_share_that_a_repair_removes_has_Fiellers_interval()
    {
        JsonElement expected = Fixture.GetProperty("removedShare");
        SampleTable published = Table(expected.GetProperty("published")),
            repaired = Table(expected.GetProperty("repaired"));
        RemovedShare removed = RemovedShare.Of(published, repaired, Estimand.SeedsAndSamples);
        Assert.Equal(expected.GetProperty("share").GetDouble(), removed.Share, 1e-12);
        AssertInterval(expected.GetProperty("interval"), removed.Interval, 1e-9);

        // At least half of it goes: the contrast P/2 − R says the same as the interval.
        Effect half = Effect.Of(published.Times(0.5).Less(repaired));
        Assert.True(half.Interval(Estimand.SeedsAndSamples).Low > 0);
        Assert.True(removed.Interval.Low > 0.5);

        // An effect that cannot be told from 0 has no share.
        SampleTable nothing = published.Plus(-1, published).Plus(1e-9, repaired);
        Assert.Equal(
            double.NegativeInfinity,
            RemovedShare.Of(nothing.Plus(0.1, Noise(nothing)), repaired, Estimand.SeedsAndSamples).Interval.Low
        );
    }

    [Fact]
    public void The_probability_at_a_fresh_seed_has_an_exact_binomial_interval()
    {
        foreach (JsonElement expected in Fixture.GetProperty("superiority").EnumerateArray())
        {
            int ahead = expected.GetProperty("ahead").GetInt32(),
                of = expected.GetProperty("of").GetInt32();
            Proportion superiority = Proportion.Ahead([.. Enumerable.Range(0, of).Select(i => i < ahead ? 0.1 : -0.2)]);
            Assert.Equal((double)ahead / of, superiority.Share);
            AssertInterval(expected.GetProperty("interval"), superiority.Interval, 1e-6);
        }

        Assert.Equal(0.5, Proportion.Ahead([0, 0]).Share);
    }

    [Fact]
    public void One_seed_shows_nothing()
    {
        Effect effect = Effect.Of(SampleTable.Of([(1, [1, 1, 0, 1])]));
        Assert.Equal(0.75, effect.Mean);
        Assert.Equal(Interval.Unknown, effect.Interval(Estimand.SeedsAndSamples));
        Assert.Equal(Verdict.Inconclusive, new Judgement(effect.Interval(Estimand.Seeds), 0.005).Verdict);
        Assert.Null(Requirement.Of(effect, 0.005, Effect.Level, Estimand.SeedsAndSamples));
    }

    [Fact]
    public void Runs_that_are_right_on_the_same_samples_are_equivalent()
    {
        Effect same = Effect.Of(SampleTable.Of([(1, [0, 0, 0]), (2, [0, 0, 0]), (3, [0, 0, 0])]));
        Assert.Equal(new Interval(0, 0), same.Interval(Estimand.SeedsAndSamples));
        Assert.Equal(Verdict.Equivalent, new Judgement(same.Interval(Estimand.SeedsAndSamples), 0.005).Verdict);
    }

    [Fact]
    public void Tables_read_bits_from_the_lowest_and_pair_seeds()
    {
        SampleTable rule = SampleTable.Right([(7, [0b0000_0101, 0b1]), (3, [0b1111_1111, 0b0])], 9),
            other = SampleTable.Right([(3, [0b0000_1111, 0b1]), (9, [0, 0])], 9);
        Assert.Equal([3, 7], rule.Seeds);
        SampleTable difference = rule.Less(other);
        Assert.Equal([3], difference.Seeds);
        Assert.Equal((9, (4.0 - 1) / 9), (difference.Samples, Effect.Of(difference).Mean));
        Assert.Equal(4.0 / 3 * 11 / 18, Effect.Of(rule.Plus(1, rule.Times(1.0 / 3))).Mean, 1e-12);
        Assert.Equal(0, rule.Less(SampleTable.Right([(1, [0, 0])], 9)).Samples);
        Assert.Throws<ArgumentException>(() => SampleTable.Of([(1, [0.0]), (2, [0.0, 1.0])]));
    }

    [Theory]
    [InlineData(0.006, 0.02, "better by at least 0.5", Verdict.Better)]
    [InlineData(0.001, 0.02, "better", Verdict.Better)]
    [InlineData(0.001, 0.004, "equivalent (better, but by less than 0.5)", Verdict.Equivalent)]
    [InlineData(-0.004, 0.004, "equivalent", Verdict.Equivalent)]
    [InlineData(-0.004, -0.001, "equivalent (worse, but by less than 0.5)", Verdict.Equivalent)]
    [InlineData(-0.004, 0.006, "inconclusive", Verdict.Inconclusive)]
    [InlineData(-0.005, 0.004, "inconclusive", Verdict.Inconclusive)]
    [InlineData(-0.02, -0.001, "worse", Verdict.Worse)]
    [InlineData(-0.02, -0.006, "worse by at least 0.5", Verdict.Worse)]
    public void The_verdict_follows_from_the_interval_and_the_margin(
        double low,
        double high,
        string text,
        Verdict verdict
    )
    {
        Judgement judgement = new(new Interval(low, high), 0.005);
        Assert.Equal((verdict, text), (judgement.Verdict, judgement.Text));

        // A rule that diverges is not better and not equivalent, but it may well be worse.
        Judgement diverged = judgement with
        {
            Diverged = 2,
        };
        Assert.Equal(verdict == Verdict.Worse ? Verdict.Worse : Verdict.Inconclusive, diverged.Verdict);
        Assert.False(diverged.IsBetterBy(0));
        Assert.Equal(low > 0, judgement.IsBetterBy(0));
    }

    [Fact]
    public void Without_a_margin_nothing_is_equivalent()
    {
        Assert.Equal("better", new Judgement(new Interval(0.001, 0.002), 0).Text);
        Assert.Equal("inconclusive", new Judgement(new Interval(-0.001, 0.002), 0).Text);
        Assert.Equal("inconclusive (2 diverged)", new Judgement(new Interval(0.1, 0.2), 0, Diverged: 2).Text);
    }

    [Fact]
    public void Intervals_of_a_family_cover_together()
    {
        Assert.Equal(Effect.Level, Family.Simultaneous(1));
        Assert.Equal(0.05, 33 * (1 - Family.Simultaneous(33)), 1e-12);
        Assert.Throws<ArgumentOutOfRangeException>(() => Family.Simultaneous(0));
    }

    [Fact]
    public void Looks_spend_five_per_cent_in_all()
    {
        Assert.Equal([5, 10, 20, 40], Looks.UpTo(40).Select(look => look.Seeds));
        Assert.Equal([5, 12], Looks.UpTo(12).Select(look => look.Seeds));
        Assert.Equal([5, 10, 15], Looks.UpTo(15).Select(look => look.Seeds));
        Assert.Equal([3], Looks.UpTo(3).Select(look => look.Seeds));
        Assert.Equal(
            [1 - (0.05 / 8), 1 - (0.05 / 8), 1 - (0.05 / 4), 0.975],
            Looks.UpTo(40).Select(look => look.Level),
            Close
        );
        Assert.All([2, 7, 40, 1000], most => Assert.Equal(0.05, Looks.UpTo(most).Sum(look => 1 - look.Level), 1e-12));
    }

    private static bool Close(double expected, double actual) => Math.Abs(expected - actual) <= 1e-10;

    private static Estimand Of(JsonElement expected) =>
        expected.GetProperty("estimand").GetString() == "seeds" ? Estimand.Seeds : Estimand.SeedsAndSamples;

    private static SampleTable Table(JsonElement rows) =>
        SampleTable.Of(rows.EnumerateArray().Select((row, i) => ((long)i, Numbers(row))));

    private static SampleTable Noise(SampleTable like)
    {
        Random random = new(1);
        return SampleTable.Of(
            like.Seeds.Select(seed =>
                (seed, Enumerable.Range(0, like.Samples).Select(_ => random.NextDouble() - 0.5).ToArray())
            )
        );
    }

    private static double[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static void AssertInterval(JsonElement expected, Interval actual, double tolerance = 1e-8)
    {
        Assert.Equal(expected[0].GetDouble(), actual.Low, tolerance);
        Assert.Equal(expected[1].GetDouble(), actual.High, tolerance);
    }
}
