using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>Goes through the two halves of a square matrix together.</summary>
public static class Triangles
{
    private const int BlockSize = 32;

    /// <summary>Makes a matrix symmetric: what is above the diagonal becomes what is below it.</summary>
    public static void CopyLowerToUpper(Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int order = matrix.RowCount;
        double[] values = matrix.AsColumnMajorArray();
        ForColumns(
            order,
            (row, column, end) =>
            {
                for (int i = row; i < end; i++)
                {
                    values[(i * order) + column] = values[(column * order) + i];
                }
            }
        );
    }

    /// <summary>
    /// Calls an action for pieces of the columns below the diagonal, on all threads. Pieces follow one another so that
    /// neither they nor their mirror images in the upper half are far apart.
    /// </summary>
    /// <param name="order">The number of rows and columns.</param>
    /// <param name="action">Takes the first row, the column and the row after the last; rows are below the
    /// column's diagonal.</param>
    public static void ForColumns(int order, Action<int, int, int> action) =>
        ComputeThreads.ForRanges(
            order,
            BlockSize,
            order >= 8 * BlockSize,
            (start, end) =>
            {
                for (int first = start; first < end; first += BlockSize)
                {
                    for (int block = 0; block <= first; block += BlockSize)
                    {
                        for (int column = block; column < Math.Min(block + BlockSize, order); column++)
                        {
                            int row = Math.Max(first, column + 1),
                                last = Math.Min(first + BlockSize, end);
                            if (row < last)
                            {
                                action(row, column, last);
                            }
                        }
                    }
                }
            }
        );
}
