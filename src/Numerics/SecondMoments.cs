using System.Buffers;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>
/// Computes FFᵀ over many samples: single precision within chunks of a few thousand samples, double precision for the
/// sum of the chunks.
/// </summary>
public static class SecondMoments
{
    // Part of the definition of the result, like the order of sums in a product.
    private const int ChunkSize = 2000;

    private const int StripColumns = 256;

    /// <param name="features">F, features × samples.</param>
    /// <returns>FFᵀ, features × features.</returns>
    public static Matrix<double> Of(Matrix<float> features)
    {
        Matrix<double> sum = Matrix<double>.Build.Dense(features.RowCount, features.RowCount);
        for (int start = 0; start < features.ColumnCount; start += ChunkSize)
        {
            AddLowerHalf(sum, features, start, Math.Min(ChunkSize, features.ColumnCount - start));
        }

        Triangles.CopyLowerToUpper(sum);
        return sum;
    }

    /// <summary>Adds the lower half of FFᵀ, with its diagonal, to a sum. The sum's upper half stays.</summary>
    /// <param name="sum">Features × features.</param>
    /// <param name="features">F, features × samples.</param>
    public static void AddLowerHalf(Matrix<double> sum, Matrix<float> features) =>
        AddLowerHalf(sum, features, 0, features.ColumnCount);

    private static void AddLowerHalf(Matrix<double> sum, Matrix<float> features, int start, int samples)
    {
        int dimension = features.RowCount;
        ArgumentOutOfRangeException.ThrowIfNotEqual(sum.RowCount, dimension, nameof(sum));
        Operand operand = new(features.AsColumnMajorArray(), 1, dimension, start * dimension);
        double[] sums = sum.AsColumnMajorArray();
        float[] strip = ArrayPool<float>.Shared.Rent(dimension * Math.Min(StripColumns, dimension));
        for (int first = 0; first < dimension; first += StripColumns)
        {
            int columns = Math.Min(StripColumns, dimension - first),
                rows = dimension - first;
            SinglePrecisionProduct.MultiplyByOwnTranspose(operand, dimension, samples, first, columns, strip);
            ComputeThreads.ForRanges(
                columns,
                16,
                worthwhile: true,
                (from, to) =>
                {
                    for (int j = from; j < to; j++)
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
        SimdLinearAlgebraProvider.CountAskedFor((long)dimension * dimension * samples);
    }
}
