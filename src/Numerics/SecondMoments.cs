using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>
/// Computes FFᵀ over many samples: single precision within chunks of a few thousand samples, double precision for the
/// sum of the chunks.
/// </summary>
public static class SecondMoments
{
    private const int ChunkSize = 2000;

    /// <param name="features">F, features × samples.</param>
    /// <returns>FFᵀ, features × features.</returns>
    public static Matrix<double> Of(Matrix<float> features)
    {
        // The buffers are reused: otherwise dozens of chunks would pile up before they are collected.
        int dimension = features.RowCount;
        Matrix<double> sum = Matrix<double>.Build.Dense(dimension, dimension);
        Matrix<float> product = Matrix<float>.Build.Dense(dimension, dimension),
            chunk = Matrix<float>.Build.Dense(dimension, Math.Min(ChunkSize, features.ColumnCount));
        for (int start = 0; start < features.ColumnCount; start += ChunkSize)
        {
            int count = Math.Min(ChunkSize, features.ColumnCount - start);
            chunk = count == chunk.ColumnCount ? chunk : Matrix<float>.Build.Dense(dimension, count);
            Array.Copy(
                features.AsColumnMajorArray(),
                start * dimension,
                chunk.AsColumnMajorArray(),
                0,
                count * dimension
            );
            Add(sum, chunk, product);
        }

        return sum;
    }

    /// <summary>Adds FFᵀ of some samples to a sum.</summary>
    /// <param name="product">A buffer for FFᵀ, features × features; overwritten.</param>
    public static void Add(Matrix<double> sum, Matrix<float> features, Matrix<float> product)
    {
        double[] sums = sum.AsColumnMajorArray();
        features.TransposeAndMultiply(features, product);
        float[] products = product.AsColumnMajorArray();
        ComputeThreads.ForRanges(
            sums.Length,
            1024,
            worthwhile: true,
            (start, end) =>
            {
                for (int i = start; i < end; i++)
                {
                    sums[i] += products[i];
                }
            }
        );
    }
}
