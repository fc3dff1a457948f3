using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>
/// Products with a matrix whose rows are multiplied by factors on the way. Bits are those of multiplying the rows
/// first.
/// </summary>
public static class ScaledProduct
{
    /// <summary>result ← diag(factors)·left·right.</summary>
    /// <param name="factors">One value per row.</param>
    /// <param name="left">rows × inner.</param>
    /// <param name="right">inner × columns.</param>
    /// <param name="result">rows × columns; overwritten.</param>
    public static void Multiply(float[] factors, Matrix<float> left, Matrix<float> right, Matrix<float> result)
    {
        ArgumentNullException.ThrowIfNull(factors);
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(result);
        (int rows, int inner, int columns) = (left.RowCount, left.ColumnCount, right.ColumnCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(factors.Length, rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.RowCount, inner);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.RowCount, rows);
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.ColumnCount, columns);
        SimdLinearAlgebraProvider.CountAskedFor((long)rows * inner * columns);
        SinglePrecisionProduct.Multiply(
            rows,
            columns,
            inner,
            1f,
            new Operand(left.AsColumnMajorArray(), 1, rows) { Factors = factors },
            new Operand(right.AsColumnMajorArray(), inner, 1),
            0f,
            result.AsColumnMajorArray()
        );
    }
}
