using Reproduction.Numerics;

namespace Reproduction.Statistics;

/// <summary>
/// Tests whether paired differences have a mean other than 0. Under the null hypothesis, each difference is as likely
/// to have the other sign. p is the share of all sign patterns whose mean is at least as far from 0 as the observed
/// mean.
/// </summary>
public static class SignFlipTest
{
    private const int LargestExact = 16;
    private const int Samples = 100_000;

    /// <summary>The smallest p that n pairs can give: 2/2ⁿ.</summary>
    public static double SmallestP(int pairs) => Math.Min(1, Math.Pow(2, 1 - pairs));

    /// <summary>Returns the two-sided p-value: exact for up to 16 pairs, else from 100,000 random patterns.</summary>
    /// <param name="differences">One difference per pair.</param>
    /// <param name="random">Draws the patterns if there are too many to enumerate.</param>
    public static double PValue(IReadOnlyList<double> differences, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(differences);
        int n = differences.Count;
        double observed = Math.Abs(differences.Sum());

        // Sums that differ by rounding alone count as equal.
        double threshold = observed - (1e-9 * differences.Sum(Math.Abs));
        bool isExact = n <= LargestExact;
        long patterns = isExact ? 1L << n : Samples,
            extreme = 0;
        for (long pattern = 0; pattern < patterns; pattern++)
        {
            double sum = 0;
            ulong bits = 0;
            for (int i = 0; i < n; i++)
            {
                bits =
                    isExact ? (ulong)pattern >> i
                    : i % 64 == 0 ? random.NextBits()
                    : bits >> 1;
                sum += (bits & 1) == 0 ? differences[i] : -differences[i];
            }

            extreme += Math.Abs(sum) >= threshold ? 1 : 0;
        }

        // The observed pattern is one of them, so a sampled p is never 0.
        return isExact ? (double)extreme / patterns : (extreme + 1.0) / (patterns + 1);
    }
}
