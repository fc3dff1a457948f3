namespace Reproduction.Numerics;

/// <summary>
/// Sums in double precision and in the order of their terms, so that their bits do not depend on the width of the
/// processor's vectors, as those of <see cref="System.Numerics.Tensors.TensorPrimitives"/> do.
/// </summary>
public static class Sums
{
    /// <summary>Σ x_i.</summary>
    public static double Of(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return sum;
    }

    /// <summary>Σ x_i².</summary>
    public static double OfSquares(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += (double)value * value;
        }

        return sum;
    }

    /// <summary>Σ x_i y_i, of two spans of one length.</summary>
    public static double OfProducts(ReadOnlySpan<float> values, ReadOnlySpan<float> others)
    {
        double sum = 0;
        for (int i = 0; i < values.Length; i++)
        {
            sum += (double)values[i] * others[i];
        }

        return sum;
    }
}
