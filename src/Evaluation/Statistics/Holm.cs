namespace Reproduction.Statistics;

/// <summary>
/// Holm's (1979) step-down adjustment. It keeps the probability of any false rejection in a family at most at the
/// level, whatever the dependence between the tests.
/// </summary>
public static class Holm
{
    /// <summary>
    /// Returns the adjusted p-values in the order given: the k-th smallest of the m p-values times (m − k + 1), at most
    /// 1, and never below the adjusted value of a smaller one.
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
