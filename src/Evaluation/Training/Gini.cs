namespace Reproduction.Evaluation.Training;

/// <summary>
/// The Gini coefficient of non-negative values: 0 if all are equal, near 1 if one value is nearly the whole sum.
/// </summary>
public static class Gini
{
    /// <summary>Computes G = Σ_i Σ_j |c_i − c_j| / (2 n² mean(c)) from the sorted values in O(n log n).</summary>
    /// <returns>A number in [0, 1); 0 if all values are 0; not a number if one value is not a number.</returns>
    public static double Coefficient(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double sum = 0,
            weighted = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            // Over all pairs, the i-th smallest is the larger one i times and the smaller one n − 1 − i times.
            weighted += ((2.0 * i) - sorted.Length + 1) * sorted[i];
            sum += sorted[i];
        }

        return sum == 0 ? 0 : weighted / (sorted.Length * sum);
    }
}
