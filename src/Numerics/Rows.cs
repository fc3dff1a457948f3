using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Numerics;

/// <summary>Operations on the rows of dense column-major matrices, whose rows are not contiguous.</summary>
public static class Rows
{
    private const int Granularity = 64;

    // Single values that lie far apart are slow to reach.
    private const int ParallelMoves = 1 << 13;

    // A column with fewer rows than this is too short to be worth a call of its own.
    private const int FewRows = 256;

    /// <summary>Computes norms[o] = ‖row o‖₂. Each sum runs over the columns in ascending order.</summary>
    /// <param name="matrix">rows × columns, dense.</param>
    /// <param name="norms">Overwritten; one value per row.</param>
    public static void Norms(Matrix<float> matrix, float[] norms)
    {
        float[] values = Storage(matrix, norms.Length);
        if (norms.Length <= Vector512<float>.Count)
        {
            NormsOfOneVector(values, norms);
            return;
        }

        ComputeThreads.ForRanges(
            norms.Length,
            Granularity,
            values.Length >= ComputeThreads.LeastValues,
            (values, norms),
            static (work, start, end) =>
            {
                (float[] values, float[] norms) = work;
                Span<float> sums = norms.AsSpan(start, end - start);
                sums.Clear();
                for (int column = start; column < values.Length; column += norms.Length)
                {
                    AddSquares(values.AsSpan(column, end - start), sums);
                }

                TensorPrimitives.Sqrt(sums, sums);
            }
        );
    }

    /// <summary>sums ← sums + part², element by element.</summary>
    public static void AddSquares(ReadOnlySpan<float> part, Span<float> sums) =>
        TensorPrimitives.FusedMultiplyAdd(part, part, sums, sums);

    /// <summary>Multiplies row o by factors[o].</summary>
    public static void Scale(Matrix<float> matrix, float[] factors) =>
        ForColumns(
            Storage(matrix, factors.Length),
            [],
            factors,
            static (values, _, factors) => TensorPrimitives.Multiply(values, factors, values)
        );

    /// <summary>Adds factors[o] times row o of another matrix to row o.</summary>
    public static void AddScaled(Matrix<float> matrix, float[] factors, Matrix<float> other)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.ColumnCount, matrix.ColumnCount);
        ForColumns(
            Storage(matrix, factors.Length),
            Storage(other, factors.Length),
            factors,
            static (values, others, factors) => TensorPrimitives.MultiplyAdd(others, factors, values, values)
        );
    }

    /// <summary>Finds the rows that are not all 0, in ascending order.</summary>
    /// <param name="largest">Overwritten: the largest magnitude in each row.</param>
    /// <param name="found">Receives their indices, as many as there are; one place per row.</param>
    /// <returns>The number of these rows.</returns>
    public static int FindNonZero(Matrix<float> matrix, float[] largest, int[] found)
    {
        float[] values = Storage(matrix, largest.Length);
        Array.Clear(largest);
        for (int column = 0; column < values.Length; column += largest.Length)
        {
            TensorPrimitives.MaxMagnitude(largest, values.AsSpan(column, largest.Length), largest);
        }

        int count = 0;
        for (int o = 0; o < largest.Length; o++)
        {
            if (largest[o] != 0f)
            {
                found[count++] = o;
            }
        }

        return count;
    }

    /// <summary>Copies some rows of a matrix to the first rows of another, whose further rows become 0.</summary>
    /// <param name="rows">The rows to copy; a negative one stands for a row of zeros.</param>
    public static void Gather(Matrix<float> from, ReadOnlyMemory<int> rows, Matrix<float> to) =>
        ForColumns(
            from,
            rows,
            to,
            static (read, rows, write) =>
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    write[r] = rows[r] < 0 ? 0f : read[rows[r]];
                }

                write[rows.Length..].Clear();
            }
        );

    /// <summary>Copies the first rows of a matrix to some rows of another.</summary>
    public static void Scatter(Matrix<float> from, ReadOnlyMemory<int> rows, Matrix<float> to) =>
        ForColumns(
            from,
            rows,
            to,
            static (read, rows, write) =>
            {
                for (int r = 0; r < rows.Length; r++)
                {
                    write[rows[r]] = read[r];
                }
            }
        );

    /// <summary>Sets some rows to 0.</summary>
    public static void Clear(Matrix<float> matrix, ReadOnlySpan<int> rows)
    {
        float[] values = Storage(matrix, matrix.RowCount);
        for (int column = 0; column < values.Length; column += matrix.RowCount)
        {
            foreach (int o in rows)
            {
                values[column + o] = 0f;
            }
        }
    }

    /// <summary>Adds factors[o] times row o of another matrix, for some rows o, to the first rows.</summary>
    /// <param name="matrix">At least as many rows as are named, × columns.</param>
    /// <param name="factors">One value per row of the other matrix.</param>
    /// <param name="other">rows × columns.</param>
    /// <param name="rows">The rows of the other matrix; the r-th is added to row r.</param>
    public static void AddScaled(Matrix<float> matrix, float[] factors, Matrix<float> other, ReadOnlySpan<int> rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(other.ColumnCount, matrix.ColumnCount);
        float[] values = Storage(matrix, matrix.RowCount),
            others = Storage(other, factors.Length);
        for (int column = 0; column < matrix.ColumnCount; column++)
        {
            ReadOnlySpan<float> read = others.AsSpan(column * factors.Length, factors.Length);
            Span<float> sums = values.AsSpan(column * matrix.RowCount, rows.Length);
            for (int r = 0; r < rows.Length; r++)
            {
                int o = rows[r];
                sums[r] = (read[o] * factors[o]) + sums[r];
            }
        }
    }

    private delegate void ColumnMove(ReadOnlySpan<float> read, ReadOnlySpan<int> rows, Span<float> write);

    private static void ForColumns(Matrix<float> from, ReadOnlyMemory<int> rows, Matrix<float> to, ColumnMove move) =>
        ComputeThreads.ForRanges(
            from.ColumnCount,
            1,
            from.ColumnCount * rows.Length >= ParallelMoves,
            (
                source: Storage(from, from.RowCount),
                target: Storage(to, to.RowCount),
                from.RowCount,
                to.RowCount,
                rows,
                move
            ),
            static (work, first, last) =>
            {
                (float[] source, float[] target, int rowsFrom, int rowsTo, ReadOnlyMemory<int> rows, ColumnMove move) =
                    work;
                for (int column = first; column < last; column++)
                {
                    move(source.AsSpan(column * rowsFrom, rowsFrom), rows.Span, target.AsSpan(column * rowsTo, rowsTo));
                }
            }
        );

    private delegate void ColumnOperation(Span<float> values, ReadOnlySpan<float> others, ReadOnlySpan<float> factors);

    private static void ForColumns(float[] values, float[] others, float[] factors, ColumnOperation operation) =>
        ComputeThreads.ForRanges(
            values.Length / factors.Length,
            1,
            values.Length >= ComputeThreads.LeastValues,
            (values, others, factors, operation),
            static (work, first, last) =>
            {
                (float[] values, float[] others, float[] factors, ColumnOperation operation) = work;
                int rows = factors.Length,
                    start = first * rows,
                    end = last * rows;

                // Short columns are processed several at a time, with the factors repeated as often.
                Span<float> repeated = stackalloc float[FewRows];
                int copies = Math.Max(1, FewRows / rows);
                for (int copy = 0; copies > 1 && copy < copies; copy++)
                {
                    factors.CopyTo(repeated[(copy * rows)..]);
                }

                ReadOnlySpan<float> each = copies > 1 ? repeated[..(copies * rows)] : factors;
                for (; start < end; start += each.Length)
                {
                    int length = Math.Min(each.Length, end - start);
                    operation(
                        values.AsSpan(start, length),
                        others.Length > 0 ? others.AsSpan(start, length) : default,
                        each[..length]
                    );
                }
            }
        );

    private static void NormsOfOneVector(float[] values, float[] norms)
    {
        Vector512<float> sums = default;
        int rows = norms.Length,
            start = 0;
        for (; start <= values.Length - Vector512<float>.Count; start += rows)
        {
            // The lanes beyond the last row hold values of the next column. Their sums are discarded.
            Vector512<float> column = Vector512.Create(values.AsSpan(start));
            sums = Vector512.FusedMultiplyAdd(column, column, sums);
        }

        Span<float> last = stackalloc float[Vector512<float>.Count];
        for (; start < values.Length; start += rows)
        {
            values.AsSpan(start, rows).CopyTo(last);
            Vector512<float> column = Vector512.Create((ReadOnlySpan<float>)last);
            sums = Vector512.FusedMultiplyAdd(column, column, sums);
        }

        Vector512.Sqrt(sums).CopyTo(last);
        last[..rows].CopyTo(norms);
    }

    private static float[] Storage(Matrix<float> matrix, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows, matrix.RowCount);
        return matrix.AsColumnMajorArray() ?? throw new ArgumentException("The matrix must be dense.", nameof(matrix));
    }
}
