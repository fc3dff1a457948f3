using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Reproduction.Numerics;

namespace Reproduction.Statistics;

/// <summary>
/// Decides for a family of comparisons whether each rule beats random projections. It uses paired differences over
/// seeds, a bootstrap interval over seeds and test samples together, a sign-flip test over seeds, and Holm's adjustment
/// over the family.
/// </summary>
/// <remarks>
/// See Bouthillier et al. 2021 (arXiv 2103.03098) on resampling what varies, and Demšar 2006 on families of
/// comparisons.
/// </remarks>
/// <param name="seed">Seed of the resampling. The same seed gives the same interval, whatever else is in the
/// family.</param>
public sealed class RandomProjectionGate(long seed)
{
    /// <summary>The probability of any false verdict in a family.</summary>
    public const double Level = 0.05;

    /// <summary>The default number of bootstrap resamples.</summary>
    public const int Resamples = 10_000;

    /// <summary>With fewer seeds than this, a verdict is provisional whatever the size of the family.</summary>
    public const int FewestSeeds = 5;

    private const int Chunk = 250;

    /// <summary>
    /// Returns the number of seeds that a family of this size needs to show any difference: the smallest n with 2^(1 −
    /// n) &lt; 0.05/m, at least 5.
    /// </summary>
    /// <param name="family">The number of comparisons in the family, m.</param>
    public static int SeedsNeeded(int family) =>
        Enumerable.Range(FewestSeeds, 60).First(n => SignFlipTest.SmallestP(n) * family < Level);

    /// <summary>Decides all comparisons of a family.</summary>
    /// <param name="family">Comparisons on the same test samples.</param>
    /// <param name="testSamples">The number of test samples: how many bits of each array are used.</param>
    /// <param name="resamples">The number of bootstrap resamples.</param>
    public IReadOnlyList<GateResult> Decide(
        IReadOnlyList<Comparison> family,
        int testSamples,
        int resamples = Resamples
    )
    {
        ArgumentNullException.ThrowIfNull(family);

        // Every comparison restarts the streams, so that none depends on the rest of the family.
        double[] values =
        [
            .. family.Select(comparison =>
                SignFlipTest.PValue(
                    [
                        .. comparison.Pairs.Select(pair =>
                            Accuracy(pair.Rule, testSamples) - Accuracy(pair.Baseline, testSamples)
                        ),
                    ],
                    RandomStream.Create(seed, "sign-flip")
                )
            ),
        ];
        double[] adjusted = Holm.Adjust(values);
        (double Low, double High)[] intervals = Bootstrap(family, testSamples, resamples);
        return
        [
            .. family.Select(
                (comparison, i) => Result(comparison, testSamples, intervals[i], values[i], adjusted[i], family.Count)
            ),
        ];
    }

    private static GateResult Result(
        Comparison comparison,
        int testSamples,
        (double Low, double High) interval,
        double p,
        double adjusted,
        int family
    )
    {
        double rule = comparison.Pairs.Average(pair => Accuracy(pair.Rule, testSamples)),
            baseline = comparison.Pairs.Average(pair => Accuracy(pair.Baseline, testSamples));
        GateVerdict verdict =
            adjusted >= Level || rule == baseline ? GateVerdict.Ties
            : rule > baseline ? GateVerdict.Beats
            : GateVerdict.Loses;
        return new GateResult(
            comparison.Name,
            comparison.Pairs.Count,
            rule,
            baseline,
            rule - baseline,
            interval.Low,
            interval.High,
            p,
            adjusted,
            verdict,
            comparison.Pairs.Count < SeedsNeeded(family)
        );
    }

    private static double Accuracy(byte[] bits, int testSamples) =>
        Enumerable.Range(0, testSamples).Count(i => Bit(bits, i)) / (double)testSamples;

    private static bool Bit(byte[] bits, int i) => (bits[i / 8] >> (i % 8) & 1) == 1;

    /// <summary>
    /// Computes percentile intervals. A resample draws test samples with replacement, the same for every comparison and
    /// seed, and then seeds. With counts c (resamples × samples) and differences d (samples × pairs), the resampled
    /// differences of all pairs are the product c·d.
    /// </summary>
    private (double Low, double High)[] Bootstrap(IReadOnlyList<Comparison> family, int testSamples, int resamples)
    {
        SeedPair[] pairs = [.. family.SelectMany(comparison => comparison.Pairs)];
        Matrix<float> differences = Matrix<float>.Build.Dense(
            testSamples,
            pairs.Length,
            (i, j) => (Bit(pairs[j].Rule, i) ? 1 : 0) - (Bit(pairs[j].Baseline, i) ? 1 : 0)
        );
        double[][] means = [.. family.Select(_ => new double[resamples])];
        RandomStream samples = RandomStream.Create(seed, "samples");
        RandomStream[] seeds = [.. family.Select(_ => RandomStream.Create(seed, "seeds"))];
        for (int start = 0; start < resamples; start += Chunk)
        {
            int count = Math.Min(Chunk, resamples - start);
            Matrix<float> counts = Matrix<float>.Build.Dense(testSamples, count);
            for (int r = 0; r < count; r++)
            {
                Span<float> column = counts.AsColumnMajorArray().AsSpan(r * testSamples, testSamples);
                for (int i = 0; i < testSamples; i++)
                {
                    column[Index(samples, testSamples)]++;
                }
            }

            Matrix<float> resampled = counts.TransposeThisAndMultiply(differences);
            for (int r = 0; r < count; r++)
            {
                int first = 0;
                for (int c = 0; c < family.Count; c++)
                {
                    int n = family[c].Pairs.Count;
                    double sum = 0;
                    for (int s = 0; s < n; s++)
                    {
                        sum += resampled[r, first + Index(seeds[c], n)];
                    }

                    means[c][start + r] = sum / n / testSamples;
                    first += n;
                }
            }
        }

        return [.. means.Select(values => (values.Quantile(0.025), values.Quantile(0.975)))];
    }

    private static int Index(RandomStream random, int count) => (int)(((random.NextBits() >> 32) * (ulong)count) >> 32);
}
