namespace Reproduction.Statistics;

/// <summary>
/// Holm's (1979) step-down adjustment: keeps the chance of any false rejection in a family at the level, whatever
/// depends on what.
/// </summary>
public static class Holm
{
    /// <summary>
    /// Adjusted p-values in the order given: the k-th smallest of m times (m − k + 1), never below a smaller one's, at
    /// most 1.
    /// </summary>
    public static double[] Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] adjusted = new double[values.Count];
        double largest = 0;
        int rank = 0;
        foreach (int index in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            largest = Math.Max(largest, Math.Min(1, values[index] * (values.Count - rank++)));
            adjusted[index] = largest;
        }

        return adjusted;
    }
}
