namespace Reproduction.Statistics;

/// <summary>
/// The comparisons that a question consists of. Read row by row, their intervals must hold together.
/// </summary>
public static class Family
{
    /// <summary>
    /// The level of each of k intervals that cover together with probability 1 − α: (1 − α)^(1/k). It holds for jointly
    /// normal estimates whatever their correlation (Šidák 1967).
    /// </summary>
    /// <param name="comparisons">k, at least 1.</param>
    public static double Simultaneous(int comparisons, double level = Effect.Level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(comparisons, 1);
        return Math.Pow(level, 1.0 / comparisons);
    }
}
