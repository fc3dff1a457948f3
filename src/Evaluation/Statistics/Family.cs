namespace Reproduction.Statistics;

/// <summary>
/// The comparisons that a question consists of. Read row by row, their intervals must hold together.
/// </summary>
public static class Family
{
    /// <summary>
    /// The level of each of k intervals that cover together with probability 1 − α at least: 1 − α/k, whatever they
    /// have to do with each other (Bonferroni).
    /// </summary>
    /// <param name="comparisons">k, at least 1.</param>
    /// <param name="level">1 − α.</param>
    public static double Simultaneous(int comparisons, double level = Effect.Level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        return 1 - ((1 - level) / comparisons);
    }
}
