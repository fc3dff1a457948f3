using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>FFᵀ of many samples: products of a few thousand samples in single precision, their sum in double.</summary>
internal static class SecondMoments
{
    private const int ChunkSize = 2000;

    /// <param name="features">Features × samples.</param>
    public static Matrix<double> Of(Matrix<float> features)
    {
        Matrix<double> sum = Matrix<double>.Build.Dense(features.RowCount, features.RowCount);
        for (int start = 0; start < features.ColumnCount; start += ChunkSize)
        {
            Add(sum, features.SubMatrix(0, features.RowCount, start, Math.Min(ChunkSize, features.ColumnCount - start)));
        }

        return sum;
    }

    /// <summary>Adds the samples' FFᵀ to a sum.</summary>
    public static void Add(Matrix<double> sum, Matrix<float> features)
    {
        double[] sums = sum.AsColumnMajorArray();
        float[] products = features.TransposeAndMultiply(features).AsColumnMajorArray();
        ComputeThreads.ForRanges(sums.Length, 1024, worthwhile: true, (start, end) =>
        {
            for (int i = start; i < end; i++)
            {
                sums[i] += products[i];
            }
        });
    }
}
