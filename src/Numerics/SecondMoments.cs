using System.Buffers;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>
/// Computes FFᵀ over many samples: single precision within chunks of a few thousand samples, double precision for the
/// sum of the chunks.
/// </summary>
public static class SecondMoments
{
    private const int ChunkSize = 2000;
    private const int StripColumns = 256;

    /// <param name="features">F, features × samples.</param>
    /// <returns>FFᵀ, features × features.</returns>
    public static Matrix<double> Of(Matrix<float> features)
    {
        // The buffer is reused: otherwise dozens of chunks would pile up before they are collected.
        int dimension = features.RowCount;
        Matrix<double> sum = Matrix<double>.Build.Dense(dimension, dimension);
        Matrix<float> chunk = Matrix<float>.Build.Dense(dimension, Math.Min(ChunkSize, features.ColumnCount));
        for (int start = 0; start < features.ColumnCount; start += ChunkSize)
        {
            int count = Math.Min(ChunkSize, features.ColumnCount - start);
            chunk = count == chunk.ColumnCount ? chunk : Matrix<float>.Build.Dense(dimension, count);
            features
                .AsColumnMajorArray()
                .AsSpan(start * dimension, count * dimension)
                .CopyTo(chunk.AsColumnMajorArray());
            AddLowerHalf(sum, chunk);
        }

        Triangles.CopyLowerToUpper(sum);
        return sum;
    }

    /// <summary>Adds the lower half of FFᵀ, with its diagonal, to a sum. The sum's upper half stays.</summary>
    /// <param name="sum">Features × features.</param>
    /// <param name="features">F, features × samples.</param>
    public static void AddLowerHalf(Matrix<double> sum, Matrix<float> features)
    {
        int dimension = features.RowCount;
        ArgumentOutOfRangeException.ThrowIfNotEqual(sum.RowCount, dimension, nameof(sum));
        Operand operand = new(features.AsColumnMajorArray(), 1, dimension);
        double[] sums = sum.AsColumnMajorArray();
        float[] strip = ArrayPool<float>.Shared.Rent(dimension * Math.Min(StripColumns, dimension));
        for (int first = 0; first < dimension; first += StripColumns)
        {
            int columns = Math.Min(StripColumns, dimension - first),
                rows = dimension - first;
            SinglePrecisionProduct.MultiplyByOwnTranspose(
                operand,
                dimension,
                features.ColumnCount,
                first,
                columns,
                strip
            );
            ComputeThreads.ForRanges(
                columns,
                16,
                worthwhile: true,
                (start, end) =>
                {
                    for (int j = start; j < end; j++)
                    {
                        ReadOnlySpan<float> products = strip.AsSpan((j * rows) + j, rows - j);
                        Span<double> column = sums.AsSpan(((first + j) * (dimension + 1)), rows - j);
                        for (int i = 0; i < column.Length; i++)
                        {
                            column[i] += products[i];
                        }
                    }
                }
            );
        }

        ArrayPool<float>.Shared.Return(strip);
        SimdLinearAlgebraProvider.CountSpared((long)dimension * dimension * features.ColumnCount);
    }
}
