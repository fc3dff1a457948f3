using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>Euclidean norms of the rows of column-major matrices, whose rows are not contiguous.</summary>
public static class RowNorms
{
    private const int Granularity = 64;
    private const int ParallelThreshold = 1 << 17;

    /// <summary>norms[o] = ‖row o‖₂. Each sum runs over the columns in ascending order.</summary>
    /// <param name="matrix">rows × columns, dense.</param>
    /// <param name="norms">Overwritten; one value a row.</param>
    public static void Compute(Matrix<float> matrix, float[] norms)
    {
        float[] values = Storage(matrix, norms.Length);
        int rows = matrix.RowCount, columns = matrix.ColumnCount;
        ComputeThreads.ForRanges(rows, Granularity, (long)rows * columns >= ParallelThreshold, (start, end) =>
        {
            Span<float> sums = norms.AsSpan(start, end - start);
            sums.Clear();
            for (int column = 0; column < columns; column++)
            {
                ReadOnlySpan<float> part = values.AsSpan((column * rows) + start, end - start);
                TensorPrimitives.FusedMultiplyAdd(part, part, sums, sums);
            }

            TensorPrimitives.Sqrt(sums, sums);
        });
    }

    /// <summary>Multiplies row o by factors[o].</summary>
    public static void Scale(Matrix<float> matrix, float[] factors)
    {
        float[] values = Storage(matrix, factors.Length);
        int rows = matrix.RowCount, columns = matrix.ColumnCount;
        ComputeThreads.ForRanges(columns, 1, (long)rows * columns >= ParallelThreshold, (start, end) =>
        {
            for (int column = start; column < end; column++)
            {
                Span<float> part = values.AsSpan(column * rows, rows);
                TensorPrimitives.Multiply(part, factors, part);
            }
        });
    }

    private static float[] Storage(Matrix<float> matrix, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows, matrix.RowCount);
        return matrix.AsColumnMajorArray() ?? throw new ArgumentException("The matrix must be dense.", nameof(matrix));
    }
}
