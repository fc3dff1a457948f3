using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>Sums the columns of a column-major matrix: for a batch, this is the sum over its samples.</summary>
public static class ColumnSum
{
    /// <summary>sums[o] = Σ_b matrix[o, b], the columns in ascending order.</summary>
    /// <param name="matrix">rows × columns, dense.</param>
    /// <param name="sums">Overwritten; one value per row.</param>
    public static void Compute(Matrix<float> matrix, Span<float> sums)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNotEqual(sums.Length, matrix.RowCount);
        ReadOnlySpan<float> values = matrix.AsColumnMajorArray();
        sums.Clear();
        for (int start = 0; start < values.Length; start += sums.Length)
        {
            TensorPrimitives.Add(sums, values.Slice(start, sums.Length), sums);
        }
    }
}
