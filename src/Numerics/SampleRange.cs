using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>
/// Products with some columns of matrices whose columns are samples, where they lie. Bits are those of products of
/// whole matrices.
/// </summary>
public static class SampleRange
{
    /// <summary>
    /// A sum over samples is the sum, in order, of its sums over blocks of so many samples (the last may be smaller).
    /// </summary>
    public const int Block = SinglePrecisionProduct.InnerBlock;

    /// <summary>result[:, first..first + count] ← left · samples[:, first..first + count].</summary>
    /// <param name="left">rows × features.</param>
    /// <param name="samples">features × samples.</param>
    /// <param name="first">The first sample.</param>
    /// <param name="count">The number of samples, ≥ 1.</param>
    /// <param name="result">rows × samples; the other samples stay.</param>
    public static void Multiply(Matrix<float> left, Matrix<float> samples, int first, int count, Matrix<float> result)
    {
        ArgumentNullException.ThrowIfNull(left);
        int rows = left.RowCount,
            features = left.ColumnCount;
        Require(samples, features, first, count);
        Require(result, rows, first, count);
        SinglePrecisionProduct.Multiply(
            new Product(
                new Operand(left.AsColumnMajorArray(), 1, rows),
                new Operand(samples.AsColumnMajorArray(), features, 1, first * features),
                rows,
                count,
                features,
                1f,
                0f,
                result.AsColumnMajorArray(),
                first * rows,
                LowerHalf: false
            )
        );
    }

    /// <summary>result ← left · rightᵀ over the first <paramref name="count"/> samples.</summary>
    /// <param name="left">rows × samples.</param>
    /// <param name="right">columns × samples.</param>
    /// <param name="count">The number of samples, ≥ 1.</param>
    /// <param name="result">rows × columns.</param>
    public static void MultiplyByTranspose(Matrix<float> left, Matrix<float> right, int count, Matrix<float> result)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        ArgumentNullException.ThrowIfNull(result);
        Require(left, result.RowCount, 0, count);
        Require(right, result.ColumnCount, 0, count);
        SinglePrecisionProduct.Multiply(
            new Product(
                new Operand(left.AsColumnMajorArray(), 1, left.RowCount),
                new Operand(right.AsColumnMajorArray(), 1, right.RowCount),
                left.RowCount,
                right.RowCount,
                count,
                1f,
                0f,
                result.AsColumnMajorArray(),
                0,
                LowerHalf: false
            )
        );
    }

    private static void Require(Matrix<float> matrix, int rows, int first, int count)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.RowCount, rows);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, matrix.ColumnCount);
    }
}
