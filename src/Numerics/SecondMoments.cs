using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>FFᵀ of many samples: products of a few thousand samples in single precision, their sum in double.</summary>
public static class SecondMoments
{
    private const int ChunkSize = 2000;

    /// <param name="features">Features × samples.</param>
    public static Matrix<double> Of(Matrix<float> features)
    {
        // The buffers are used again and again: chunks by the dozen would pile up before they are collected.
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

    /// <summary>Adds the samples' FFᵀ to a sum.</summary>
    /// <param name="product">Room for FFᵀ, overwritten.</param>
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
