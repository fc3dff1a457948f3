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
    public void Drawing_from_one_named_stream_does_not_move_another()
    {
        RandomStreams one = new(7), other = new(7);
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
        double share = values.Count(value => value != 0f) / 100_001.0, error = 4 * Math.Sqrt(probability * (1 - probability) / 100_001);
        Assert.InRange(share, probability - error, probability + error);
    }
}
