using Reproduction.Numerics;
using Reproduction.Statistics;

namespace Reproduction.Tests.Evaluation;

public class GateTests
{
    private static readonly RandomStream Unused = RandomStream.Create(1, "unused");

    [Fact]
    public void The_sign_flip_test_counts_patterns()
    {
        // All differences have one sign: only this pattern of signs and its mirror image are as extreme.
        Assert.Equal(2.0 / 32, SignFlipTest.PValue([1, 2, 3, 4, 5], Unused));
        Assert.Equal(2.0 / 1024, SignFlipTest.PValue([.. Enumerable.Repeat(0.1, 10)], Unused));
        Assert.Equal(SignFlipTest.SmallestP(10), SignFlipTest.PValue([.. Enumerable.Repeat(-0.3, 10)], Unused));

        // The differences 1, 2, −4 have the sum −1. The sums of the patterns are ±1 (1+2−4), ±3 (−1+2−4, and 1−2+4),
        // ±5 and ±7: all are at least 1 from 0.
        Assert.Equal(1, SignFlipTest.PValue([1, 2, -4], Unused));

        // The differences 1, 2, 4 have the sum 7: only ±7 is as far from 0.
        Assert.Equal(0.25, SignFlipTest.PValue([1, 2, 4], Unused));
        Assert.Equal(1, SignFlipTest.PValue([0, 0, 0], Unused));
    }

    [Fact]
    public void Many_pairs_are_sampled_and_agree_with_the_normal_tail()
    {
        // Of 40 differences of ±1, 28 are +1: the sum is 16 and the deviation √40, so z = 2.53. By the binomial's
        // steps, P(|S| ≥ 16) = 0.0166.
        double[] differences = [.. Enumerable.Range(0, 40).Select(i => i < 28 ? 1.0 : -1.0)];
        Assert.Equal(0.0166, SignFlipTest.PValue(differences, RandomStream.Create(1, "sign-flip")), 0.002);
    }

    [Fact]
    public void Sixteen_pairs_are_enumerated_and_a_sampled_p_counts_the_observed_pattern()
    {
        Assert.Equal(2.0 / 65_536, SignFlipTest.PValue([.. Enumerable.Repeat(0.1, 16)], Unused));
        RandomStream random = RandomStream.Create(1, "sign-flip");
        Assert.Equal(1.0 / 100_001, SignFlipTest.PValue([.. Enumerable.Repeat(0.1, 60)], random));
    }

    [Fact]
    public void More_pairs_than_a_word_has_bits_each_have_a_sign_of_their_own()
    {
        // Of 80 differences of ±1, the last 16 among those of +1: the sum is 22. P(|S| ≥ 22) = 0.0183 by the binomial.
        double[] differences = [.. Enumerable.Range(0, 80).Select(i => i < 29 ? -1.0 : 1.0)];
        Assert.Equal(0.0183, SignFlipTest.PValue(differences, RandomStream.Create(2, "sign-flip")), 0.002);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e8)]
    [InlineData(1e-8)]
    public void The_unit_of_the_differences_does_not_matter(double unit)
    {
        // The sum is 0.2 and every other sum is 0.2 times a whole number: only rounding tells some from ±0.2.
        double[] differences = [.. new[] { 0.1, 0.3, -0.2, 0.7, -0.4, -0.3 }.Select(difference => difference * unit)];
        Assert.Equal(1 - (Zeros(differences, unit) / 64.0), SignFlipTest.PValue(differences, Unused), 1e-12);

        static int Zeros(double[] differences, double unit) =>
            Enumerable
                .Range(0, 64)
                .Count(pattern =>
                    differences
                        .Select((d, i) => (int)Math.Round(10 * d / unit) * (1 - (2 * ((pattern >> i) & 1))))
                        .Sum() == 0
                );
    }

    [Fact]
    public void Holm_steps_down_and_never_crosses()
    {
        // Holm 1979 by hand: 0.01·4, max(0.04, 0.02·3), max(0.06, 0.03·2), max(0.06, 0.5·1).
        Assert.Equal([0.06, 0.04, 0.5, 0.06], Holm.Adjust([0.02, 0.01, 0.5, 0.03]).Select(p => Math.Round(p, 10)));
        Assert.Equal([1, 1], Holm.Adjust([0.9, 0.6]));
    }

    [Fact]
    public void Seeds_needed_grow_with_the_family() =>
        Assert.Equal([6, 8, 9, 10], new[] { 1, 4, 10, 20 }.Select(RandomProjectionGate.SeedsNeeded));

    [Fact]
    public void Two_copies_of_random_are_said_to_differ_in_at_most_one_family_of_twenty()
    {
        Simulation simulation = new(samples: 2000, seed: 1);
        int families = 200,
            beats = Enumerable
                .Range(0, families)
                .Count(_ =>
                    simulation
                        .Decide(comparisons: 4, seeds: 10, gain: 0, resamples: 20)
                        .Any(result => result.Verdict == GateVerdict.Beats)
                );
        Assert.InRange(beats, 0, families / 20);
    }

    [Fact]
    public void A_planted_point_is_found_at_ten_seeds()
    {
        Simulation simulation = new(samples: 10_000, seed: 2);
        GateResult[] results =
        [
            .. Enumerable
                .Range(0, 15)
                .SelectMany(_ => simulation.Decide(comparisons: 4, seeds: 10, gain: 0.01, resamples: 20)),
        ];
        Assert.InRange(
            results.Count(result => result.Verdict == GateVerdict.Beats),
            (int)(0.8 * results.Length),
            results.Length
        );
        Assert.DoesNotContain(results, result => result.Verdict == GateVerdict.Loses);
        Assert.DoesNotContain(results, result => result.IsProvisional);
        Assert.Equal(0.01, results.Average(result => result.Difference), 0.002);
    }

    [Fact]
    public void Intervals_hold_the_true_difference_about_as_often_as_they_say()
    {
        Simulation simulation = new(samples: 2000, seed: 3);
        int trials = 100,
            held = Enumerable
                .Range(0, trials)
                .SelectMany(_ => simulation.Decide(comparisons: 1, seeds: 10, gain: 0.01, resamples: 400))
                .Count(result => result.Low <= 0.01 && 0.01 <= result.High);
        Assert.InRange(held, 85, 100);
    }

    [Fact]
    public void The_bootstrap_draws_seeds_and_draws_test_samples()
    {
        static byte[] Bits(Func<int, bool> isRight, int samples)
        {
            byte[] bits = new byte[(samples + 7) / 8];
            foreach (int i in Enumerable.Range(0, samples).Where(isRight))
            {
                bits[i / 8] |= (byte)(1 << (i % 8));
            }

            return bits;
        }

        // The rule is right on all test samples with five of ten seeds, and on none with the others: only the draw of
        // seeds varies. The mean of a resample is Binomial(10, 1/2)/10, whose 2.5 % and 97.5 % quantiles are 0.2 and
        // 0.8.
        Comparison seeds = new(
            "seeds",
            [.. Enumerable.Range(1, 10).Select(s => new SeedPair(s, Bits(_ => s <= 5, 40), Bits(_ => false, 40)))]
        );
        GateResult bySeeds = new RandomProjectionGate(1).Decide([seeds], 40)[0];
        Assert.Equal((0.2, 0.8), (Math.Round(bySeeds.Low, 10), Math.Round(bySeeds.High, 10)));

        // With every seed the rule is right on the same ten of 20 test samples: only the draw of samples varies.
        // Binomial(20, 1/2)/20 has the quantiles 0.3 and 0.7.
        Comparison samples = new(
            "samples",
            [.. Enumerable.Range(1, 10).Select(s => new SeedPair(s, Bits(i => i < 10, 20), Bits(_ => false, 20)))]
        );
        GateResult bySamples = new RandomProjectionGate(1).Decide([samples], 20)[0];
        Assert.Equal((0.3, 0.7), (Math.Round(bySamples.Low, 10), Math.Round(bySamples.High, 10)));
    }

    [Fact]
    public void Fewer_seeds_than_a_verdict_needs_are_provisional_and_the_other_sign_loses()
    {
        Simulation simulation = new(samples: 5000, seed: 4);
        GateResult few = simulation.Decide(comparisons: 1, seeds: 4, gain: 0.2, resamples: 20)[0];
        Assert.Equal(
            (GateVerdict.Ties, true, "undecided (too few seeds)"),
            (few.Verdict, few.IsProvisional, GateResult.TextOf(few.Verdict, few.IsProvisional))
        );
        Assert.True(few.Low > 0.1);
        Assert.Equal(
            GateVerdict.Loses,
            simulation.Decide(comparisons: 4, seeds: 10, gain: -0.05, resamples: 20)[0].Verdict
        );
        Assert.All(
            simulation.Decide(comparisons: 4, seeds: 7, gain: 0.05, resamples: 20),
            result => Assert.True(result.IsProvisional)
        );

        // Eight seeds are just enough for four comparisons.
        Assert.All(
            simulation.Decide(comparisons: 4, seeds: 8, gain: 0.05, resamples: 20),
            result => Assert.False(result.IsProvisional)
        );
        Assert.Equal("undecided (too few seeds)", GateResult.TextOf(GateVerdict.Beats, isProvisional: true));
        Assert.Equal("beats", GateResult.TextOf(GateVerdict.Beats, isProvisional: false));
    }

    [Fact]
    public void The_same_records_give_the_same_numbers_whatever_else_is_in_the_family()
    {
        Comparison one = new Simulation(samples: 500, seed: 5).Compare("a", 10, 0.01),
            other = new Simulation(samples: 500, seed: 6).Compare("b", 10, 0.02);
        RandomProjectionGate gate = new(7);
        GateResult alone = gate.Decide([one], 500, 300)[0];
        Assert.Equal(alone, gate.Decide([one], 500, 300)[0]);
        GateResult together = gate.Decide([other, one], 500, 300)[1];
        Assert.Equal(
            (alone.Difference, alone.Low, alone.High, alone.P),
            (together.Difference, together.Low, together.High, together.P)
        );
        Assert.NotEqual(alone.Low, new RandomProjectionGate(8).Decide([one], 500, 300)[0].Low);
    }

    /// <summary>
    /// Simulates classifiers of about 85 % accuracy that vary from seed to seed, on test samples of varying difficulty.
    /// </summary>
    private sealed class Simulation(int samples, int seed)
    {
        private readonly Random random = new(seed);

        public IReadOnlyList<GateResult> Decide(int comparisons, int seeds, double gain, int resamples) =>
            new RandomProjectionGate(1).Decide(
                [.. Enumerable.Range(0, comparisons).Select(i => Compare($"{i}", seeds, gain))],
                samples,
                resamples
            );

        public Comparison Compare(string name, int seeds, double gain)
        {
            double[] ease = [.. Enumerable.Range(0, samples).Select(_ => 0.7 + (0.3 * random.NextDouble()))];
            byte[] Classifier(double accuracy)
            {
                double shift = accuracy - 0.85 + (0.006 * (random.NextDouble() - 0.5));
                byte[] bits = new byte[(samples + 7) / 8];
                for (int i = 0; i < samples; i++)
                {
                    bits[i / 8] |= (byte)(random.NextDouble() < ease[i] + shift ? 1 << (i % 8) : 0);
                }

                return bits;
            }

            return new Comparison(
                name,
                [.. Enumerable.Range(0, seeds).Select(s => new SeedPair(s, Classifier(0.85 + gain), Classifier(0.85)))]
            );
        }
    }
}
