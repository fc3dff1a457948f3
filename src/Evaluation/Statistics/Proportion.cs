using MathNet.Numerics.Distributions;

namespace Reproduction.Statistics;

/// <summary>
/// A share of independent cases, with its interval by Clopper and Pearson (1934): such as the probability that a
/// rule is ahead at a fresh seed, on the same test samples.
/// </summary>
/// <param name="Share">The share that was seen, in [0, 1].</param>
public sealed record Proportion(double Share, Interval Interval)
{
    /// <summary>The share of seeds at which a rule is ahead; a tie counts half.</summary>
    /// <param name="differences">The rule's accuracy less the other's, one per seed, at least one.</param>
    public static Proportion Ahead(IReadOnlyList<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        return Of(
            differences.Sum(difference =>
                difference > 0 ? 1
                : difference == 0 ? 0.5
                : 0
            ),
            differences.Count
        );
    }

    /// <param name="hits">In how many cases it is so. Of a tie, which counts half, each end of the interval takes the
    /// worse side.</param>
    /// <param name="cases">The number of cases, at least 1.</param>
    /// <param name="level">The level of the interval.</param>
    public static Proportion Of(double hits, int cases, double level = Effect.Level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cases, 1);
        double tail = (1 - level) / 2,
            fewest = Math.Floor(hits),
            most = Math.Ceiling(hits);
        return new Proportion(
            hits / cases,
            new Interval(
                fewest == 0 ? 0 : Beta.InvCDF(fewest, cases - fewest + 1, tail),
                most == cases ? 1 : Beta.InvCDF(most + 1, cases - most, 1 - tail)
            )
        );
    }
}
