using MathNet.Numerics.Distributions;
using Reproduction.Data;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Measures whether neighbouring pixels of an image are alike, by Moran's I over horizontal and vertical neighbours
/// within each channel: I = (n/E)·Σ_edges z_i z_j / Σ z_i², where z is the values minus their mean and E is the number
/// of neighbour pairs.
/// </summary>
/// <remarks>
/// I is compared with its values over all permutations of the same pixels. Their mean and variance are exact (Cliff and
/// Ord 1981); the tail is taken as normal.
/// </remarks>
public sealed class SpatialAutocorrelation
{
    private readonly ImageShape shape;
    private readonly double edges;
    private readonly double squaredDegrees;

    public SpatialAutocorrelation(ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        this.shape = shape;
        int h = shape.Height,
            w = shape.Width;
        edges = (double)shape.Channels * ((h * (w - 1)) + ((h - 1) * w));
        for (int row = 0; row < h; row++)
        {
            for (int column = 0; column < w; column++)
            {
                int degree =
                    (row > 0 ? 1 : 0) + (row < h - 1 ? 1 : 0) + (column > 0 ? 1 : 0) + (column < w - 1 ? 1 : 0);
                squaredDegrees += (double)shape.Channels * degree * degree;
            }
        }
    }

    /// <summary>Returns Moran's I; 0 for an image whose values are all equal.</summary>
    public double Index(ReadOnlySpan<float> image) => Measure(image).Index;

    /// <summary>
    /// Returns the probability of an index at least as large among permutations of the same values; 1 for an image
    /// whose values are all equal.
    /// </summary>
    public double Significance(ReadOnlySpan<float> image)
    {
        (double index, double kurtosis) = Measure(image);
        if (double.IsNaN(kurtosis))
        {
            return 1;
        }

        // In Cliff and Ord's notation with unit weights both ways: S0 = 2E, S1 = 4E, S2 = 4·Σ degree².
        double n = image.Length,
            s0 = 2 * edges,
            s1 = 4 * edges,
            s2 = 4 * squaredDegrees,
            mean = -1 / (n - 1);
        double square =
            (
                (n * ((((n * n) - (3 * n) + 3) * s1) - (n * s2) + (3 * s0 * s0)))
                - (kurtosis * ((((n * n) - n) * s1) - (2 * n * s2) + (6 * s0 * s0)))
            ) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0);
        return 1 - Normal.CDF(mean, Math.Sqrt(square - (mean * mean)), index);
    }

    private (double Index, double Kurtosis) Measure(ReadOnlySpan<float> image)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(image.Length, shape.Size);
        double mean = 0,
            squares = 0,
            fourths = 0,
            products = 0;
        foreach (float value in image)
        {
            mean += value / (double)image.Length;
        }

        int width = shape.Width;
        for (int i = 0; i < image.Length; i++)
        {
            double z = image[i] - mean;
            squares += z * z;
            fourths += z * z * z * z;
            if (i % width < width - 1)
            {
                products += z * (image[i + 1] - mean);
            }

            if (i / width % shape.Height < shape.Height - 1)
            {
                products += z * (image[i + width] - mean);
            }
        }

        return squares > 0
            ? (image.Length / edges * products / squares, image.Length * fourths / (squares * squares))
            : (0, double.NaN);
    }
}
