using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Reproduction.Numerics;

namespace Reproduction.Tests.Numerics;

public class RandomStreamTests
{
    [Fact]
    public void A_stream_is_fixed_by_seed_and_name()
    {
        ulong[] Draw(long seed, string name)
        {
            RandomStream stream = RandomStream.Create(seed, name);
            return [stream.NextBits(), stream.NextBits(), stream.NextBits()];
        }

        Assert.Equal(Draw(1, "init"), Draw(1, "init"));
        Assert.NotEqual(Draw(1, "init"), Draw(2, "init"));
        Assert.NotEqual(Draw(1, "init"), Draw(1, "shuffle"));
    }

    [Fact]
    public void Its_state_is_the_sha256_of_seed_and_name_and_its_step_is_xoshiro256()
    {
        // SHA-256 of eight zero bytes and "a", as four little-endian words; the first output is rotl(s1·5, 7)·9.
        byte[] hash = System.Security.Cryptography.SHA256.HashData([0, 0, 0, 0, 0, 0, 0, 0, (byte)'a']);
        ulong s1 = BitConverter.ToUInt64(hash, 8);
        Assert.Equal(ulong.RotateLeft(s1 * 5, 7) * 9, RandomStream.Create(0, "a").NextBits());
    }

    [Fact]
    public void Integers_are_those_that_MathNet_makes_of_such_a_source()
    {
        RandomStream stream = RandomStream.Create(9, "integers");
        Base plain = new();
        foreach (int range in new[] { 1, 2, 3, 10, 16, 1000, 60_000, int.MaxValue })
        {
            Assert.Equal(
                Enumerable.Range(0, 50).Select(_ => plain.Next(range)),
                Enumerable.Range(0, 50).Select(_ => stream.Next(range))
            );
        }
    }

    [Fact]
    public void Bernoulli_values_are_the_halves_of_the_stream_s_words_against_the_threshold()
    {
        foreach (int count in new[] { 1, 2, 511, 512, 513, 1500 })
        {
            float[] values = new float[count];
            RandomStream stream = RandomStream.Create(2, "mask"),
                other = RandomStream.Create(2, "mask");
            stream.FillBernoulli(values, 0.3, 2f);
            for (int i = 0; i < count; i += 2)
            {
                ulong word = other.NextBits();
                Assert.Equal((uint)word < 0.3 * 4294967296.0 ? 2f : 0f, values[i]);
                if (i + 1 < count)
                {
                    Assert.Equal((word >> 32) < (ulong)(0.3 * 4294967296.0) ? 2f : 0f, values[i + 1]);
                }
            }

            Assert.Equal(other.NextBits(), stream.NextBits());
        }
    }

    [Fact]
    public void Drawing_from_one_named_stream_does_not_move_another()
    {
        RandomStreams one = new(7),
            other = new(7);
        one["init"].NextDoubles(100);
        Assert.Equal(other["shuffle"].NextBits(), one["shuffle"].NextBits());
        Assert.Same(one["init"], one["init"]);
    }

    [Fact]
    public void Normal_samples_have_the_moments_they_should()
    {
        double[] samples = new double[200_000];
        Normal.Samples(RandomStream.Create(3, "moments"), samples, 0, 1);
        Assert.InRange(samples.Mean(), -0.01, 0.01);
        Assert.InRange(samples.StandardDeviation(), 0.995, 1.005);
        Assert.InRange(samples.Count(value => Math.Abs(value) < 1) / 200_000.0, 0.680, 0.686);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.1)]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void Bernoulli_values_are_zero_or_the_scale_in_the_right_share(double probability)
    {
        float[] values = new float[100_001];
        RandomStream.Create(5, "bernoulli").FillBernoulli(values, probability, 2.5f);
        Assert.All(values, value => Assert.True(value is 0f or 2.5f));
        double share = values.Count(value => value != 0f) / 100_001.0,
            error = 4 * Math.Sqrt(probability * (1 - probability) / 100_001);
        Assert.InRange(share, probability - error, probability + error);
    }

    /// <summary>A source with the stream's numbers that overrides nothing but the doubles.</summary>
    private sealed class Base() : MathNet.Numerics.Random.RandomSource(threadSafe: false)
    {
        private readonly RandomStream stream = RandomStream.Create(9, "integers");

        protected override double DoSample() => (stream.NextBits() >> 11) * (1.0 / (1UL << 53));
    }
}
