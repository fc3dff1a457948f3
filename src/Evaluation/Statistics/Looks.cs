namespace Reproduction.Statistics;

/// <summary>
/// Numbers of seeds after which results are looked at, while seeds are added up to a bound that was fixed before. Each
/// look spends a part of α, the parts add up to α, so that looking several times is honest (Bonferroni; Lan and DeMets
/// 1983 for spending in proportion to what was collected).
/// </summary>
public static class Looks
{
    private const int First = 5;

    /// <summary>
    /// The looks up to a bound: 5, 10, 20, 40 and so on, as long as the bound is at least half as far again, and the
    /// bound itself. The level of the intervals at the k-th is 1 − α_k, where α_k = α·(n_k − n_{k−1})/n_max.
    /// </summary>
    /// <param name="mostSeeds">n_max, at least 2.</param>
    public static IReadOnlyList<(int Seeds, double Level)> UpTo(int mostSeeds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostSeeds, 2);
        List<int> counts = [];
        for (int count = First; 3 * count <= 2 * mostSeeds; count *= 2)
        {
            counts.Add(count);
        }

        counts.Add(mostSeeds);
        return
        [
            .. counts.Select(
                (count, k) => (count, 1 - ((1 - Effect.Level) * (count - (k == 0 ? 0 : counts[k - 1])) / mostSeeds))
            ),
        ];
    }
}
