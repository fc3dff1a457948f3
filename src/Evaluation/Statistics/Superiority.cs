using MathNet.Numerics.Distributions;

namespace Reproduction.Statistics;

/// <summary>
/// The probability that a rule is ahead at a fresh seed, on the same test samples, with its 95 % interval by Clopper
/// and Pearson (1934). A tie counts half.
/// </summary>
/// <param name="Probability">The share of seeds at which the rule is ahead.</param>
public sealed record Superiority(double Probability, Interval Interval)
{
    /// <param name="differences">The rule's accuracy less the other's, one per seed.</param>
    public static Superiority Of(IReadOnlyList<double> differences)
    {
        ArgumentNullException.ThrowIfNull(differences);
        ArgumentOutOfRangeException.ThrowIfZero(differences.Count);
        double n = differences.Count,
            ahead = differences.Sum(difference =>
                difference > 0 ? 1
                : difference == 0 ? 0.5
                : 0
            ),
            tail = (1 - Effect.Level) / 2;
        return new Superiority(
            ahead / n,
            new Interval(
                ahead == 0 ? 0 : Beta.InvCDF(ahead, n - ahead + 1, tail),
                ahead == n ? 1 : Beta.InvCDF(ahead + 1, n - ahead, 1 - tail)
            )
        );
    }
}
