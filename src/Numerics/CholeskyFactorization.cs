using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using Doubles = System.Numerics.Vector<double>;
using Lanes = System.Numerics.Vector;

namespace Reproduction.Numerics;

/// <summary>
/// The Cholesky factorisation A = LLᵀ of a symmetric positive definite matrix in double precision, blocked for the
/// caches and vectorised. It serves to solve the same normal equations for many penalties. (Math.NET's managed
/// factorisation takes many times as long.)
/// </summary>
/// <remarks>
/// Every element is a chain of fused multiply-adds in ascending order of the eliminated column. Neither the vector
/// width, the blocking nor the number of threads affects that order.
/// </remarks>
public sealed unsafe class CholeskyFactorization
{
    private const int ParallelThreshold = 256;

    // Columns that are eliminated together, and rows that one thread takes at a time.
    private const int PanelWidth = 128;
    private const int RowBlock = 192;
    private const int ColumnBlock = 64;

    // Rows of a right-hand side that are eliminated together.
    private const int RowsAtATime = 4;

    private readonly int order;
    private readonly double[] lower;

    private CholeskyFactorization(Matrix<double> matrix)
    {
        order = matrix.RowCount;
        lower = matrix.AsColumnMajorArray() ?? throw new ArgumentException("The matrix must be dense.", nameof(matrix));
    }

    private delegate void GroupSolver(double* l, double* x);

    private static int TileRows => 3 * Doubles.Count;

    /// <summary>Factors a matrix.</summary>
    /// <param name="matrix">Symmetric, dense. Its lower half is read and overwritten: it becomes L. What lies above the
    /// diagonal is neither read nor changed.</param>
    /// <returns>The factorisation; null if the matrix is not positive definite.</returns>
    public static CholeskyFactorization? TryCreate(Matrix<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        CholeskyFactorization factorization = new(matrix);
        return factorization.TryFactor() ? factorization : null;
    }

    /// <summary>Solves AX = B and returns X.</summary>
    public Matrix<double> Solve(Matrix<double> right)
    {
        Matrix<double> solution = right.Clone();
        SolveLower(solution);
        SolveUpper(solution);
        return solution;
    }

    /// <summary>Solves with L in place: B ← L⁻¹B.</summary>
    public void SolveLower(Matrix<double> right) =>
        ForGroups(
            right,
            (l, x) =>
            {
                for (int k = 0; k < order; k += RowsAtATime)
                {
                    EliminateForwards(l, x, k, Math.Min(RowsAtATime, order - k));
                }
            }
        );

    /// <summary>Solves with Lᵀ in place: B ← L⁻ᵀB.</summary>
    public void SolveUpper(Matrix<double> right) =>
        ForGroups(
            right,
            (l, x) =>
            {
                for (int k = (order - 1) / RowsAtATime * RowsAtATime; k >= 0; k -= RowsAtATime)
                {
                    EliminateBackwards(l, x, k, Math.Min(RowsAtATime, order - k));
                }
            }
        );

    /// <summary>
    /// Solves for as many columns at a time as a vector has lanes. In x, the values of one row lie together; lanes
    /// beyond the last column are zero.
    /// </summary>
    private void ForGroups(Matrix<double> right, GroupSolver solve)
    {
        double[] values = Values(right);
        int lanes = Doubles.Count,
            columns = right.ColumnCount;
        ComputeThreads.ForRanges(
            (columns + lanes - 1) / lanes,
            1,
            order >= ParallelThreshold,
            (start, end) =>
            {
                double[] group = new double[order * lanes];
                fixed (
                    double* l = lower,
                        x = group
                )
                {
                    for (int first = start * lanes; first < Math.Min(end * lanes, columns); first += lanes)
                    {
                        int present = Math.Min(lanes, columns - first);
                        Array.Clear(group);
                        for (int c = 0; c < present; c++)
                        {
                            ReadOnlySpan<double> column = values.AsSpan((first + c) * order, order);
                            for (int i = 0; i < order; i++)
                            {
                                x[(i * lanes) + c] = column[i];
                            }
                        }

                        solve(l, x);
                        for (int c = 0; c < present; c++)
                        {
                            Span<double> column = values.AsSpan((first + c) * order, order);
                            for (int i = 0; i < order; i++)
                            {
                                column[i] = x[(i * lanes) + c];
                            }
                        }
                    }
                }
            }
        );
    }

    /// <summary>
    /// Computes x_k ← x_k/l_kk for some rows, and x_i ← x_i − l_ik x_k for all rows i below each of them.
    /// </summary>
    private void EliminateForwards(double* l, double* x, int first, int count)
    {
        int lanes = Doubles.Count,
            end = first + count;
        for (int k = first; k < end; k++)
        {
            double* column = l + ((long)k * order);
            Doubles value = Load(x + (k * lanes)) / column[k];
            Unsafe.WriteUnaligned(x + (k * lanes), value);
            for (int i = k + 1; i < end; i++)
            {
                Subtract(x + (i * lanes), column[i], value);
            }
        }

        if (end == order)
        {
            return;
        }

        double* l0 = l + ((long)first * order),
            l1 = l0 + order,
            l2 = l1 + order,
            l3 = l2 + order;
        Doubles v0 = -Load(x + (first * lanes)),
            v1 = -Load(x + ((first + 1) * lanes)),
            v2 = -Load(x + ((first + 2) * lanes)),
            v3 = -Load(x + ((first + 3) * lanes));
        for (int i = end; i < order; i++)
        {
            Doubles sum = Load(x + (i * lanes));
            sum = Lanes.FusedMultiplyAdd(new Doubles(l0[i]), v0, sum);
            sum = Lanes.FusedMultiplyAdd(new Doubles(l1[i]), v1, sum);
            sum = Lanes.FusedMultiplyAdd(new Doubles(l2[i]), v2, sum);
            sum = Lanes.FusedMultiplyAdd(new Doubles(l3[i]), v3, sum);
            Unsafe.WriteUnaligned(x + (i * lanes), sum);
        }
    }

    /// <summary>
    /// Computes x_k ← (x_k − Σ_{i>k} l_ik x_i)/l_kk for some rows, from the last to the first, with i descending.
    /// </summary>
    private void EliminateBackwards(double* l, double* x, int first, int count)
    {
        int lanes = Doubles.Count,
            end = first + count;
        if (end < order)
        {
            double* l0 = l + ((long)first * order),
                l1 = l0 + order,
                l2 = l1 + order,
                l3 = l2 + order,
                rows = x + (first * lanes);
            Doubles s0 = Load(rows),
                s1 = Load(rows + lanes),
                s2 = Load(rows + (2 * lanes)),
                s3 = Load(rows + (3 * lanes));
            for (int i = order - 1; i >= end; i--)
            {
                Doubles value = -Load(x + (i * lanes));
                s0 = Lanes.FusedMultiplyAdd(new Doubles(l0[i]), value, s0);
                s1 = Lanes.FusedMultiplyAdd(new Doubles(l1[i]), value, s1);
                s2 = Lanes.FusedMultiplyAdd(new Doubles(l2[i]), value, s2);
                s3 = Lanes.FusedMultiplyAdd(new Doubles(l3[i]), value, s3);
            }

            Unsafe.WriteUnaligned(rows, s0);
            Unsafe.WriteUnaligned(rows + lanes, s1);
            Unsafe.WriteUnaligned(rows + (2 * lanes), s2);
            Unsafe.WriteUnaligned(rows + (3 * lanes), s3);
        }

        for (int k = end - 1; k >= first; k--)
        {
            Doubles value = Load(x + (k * lanes)) / l[((long)k * order) + k];
            Unsafe.WriteUnaligned(x + (k * lanes), value);
            for (int row = first; row < k; row++)
            {
                Subtract(x + (row * lanes), l[((long)row * order) + k], value);
            }
        }
    }

    /// <summary>target ← target − factor · value.</summary>
    private static void Subtract(double* target, double factor, Doubles value) =>
        Unsafe.WriteUnaligned(target, Lanes.FusedMultiplyAdd(new Doubles(factor), -value, Load(target)));

    private double[] Values(Matrix<double> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.RowCount, order, nameof(right));
        return right.AsColumnMajorArray()
            ?? throw new ArgumentException("The right-hand side must be dense.", nameof(right));
    }

    private bool TryFactor()
    {
        int rows = (order + TileRows) * PanelWidth;
        double* columns = (double*)NativeMemory.AlignedAlloc((nuint)rows * 2 * sizeof(double), 64),
            factors = columns + rows;
        try
        {
            double* pivots = stackalloc double[PanelWidth];
            fixed (double* l = lower)
            {
                for (int first = 0; first < order; first += PanelWidth)
                {
                    int last = Math.Min(first + PanelWidth, order);
                    if (!TryFactorDiagonal(l, first, last, pivots))
                    {
                        return false;
                    }

                    FactorBelow(l, first, last, pivots);
                    UpdateRest(l, first, last, columns, factors);
                }
            }

            return true;
        }
        finally
        {
            NativeMemory.AlignedFree(columns);
        }
    }

    /// <summary>Factors the square block on the diagonal.</summary>
    /// <param name="pivots">Overwritten with what each column is divided by.</param>
    private bool TryFactorDiagonal(double* l, int first, int last, double* pivots)
    {
        for (int column = first; column < last; column++)
        {
            double* target = l + ((long)column * order);
            for (int k = first; k < column; k++)
            {
                double* eliminated = l + ((long)k * order);
                Eliminate(target + column, eliminated + column, eliminated[column], last - column);
            }

            if (!(target[column] > 0))
            {
                return false;
            }

            pivots[column - first] = Math.Sqrt(target[column]);
            Divide(target + column, pivots[column - first], last - column);
        }

        return true;
    }

    /// <summary>Factors the rows below the block on the diagonal, block by block.</summary>
    private void FactorBelow(double* l, int first, int last, double* pivots)
    {
        int rest = order - last;
        ComputeThreads.ForRanges(
            (rest + RowBlock - 1) / RowBlock,
            1,
            rest >= ParallelThreshold,
            (start, end) =>
            {
                for (
                    int row = last + (start * RowBlock);
                    row < Math.Min(order, last + (end * RowBlock));
                    row += RowBlock
                )
                {
                    int count = Math.Min(RowBlock, order - row);
                    for (int column = first; column < last; column++)
                    {
                        double* target = l + ((long)column * order);
                        for (int k = first; k < column; k++)
                        {
                            double* eliminated = l + ((long)k * order);
                            Eliminate(target + row, eliminated + row, eliminated[column], count);
                        }

                        Divide(target + row, pivots[column - first], count);
                    }
                }
            }
        );
    }

    /// <summary>a_ij ← a_ij − Σ_k l_ik l_jk over the columns k in [first, last), for all i ≥ j ≥ last.</summary>
    /// <param name="columns">Room for the l_ik in panels of <see cref="TileRows"/>.</param>
    /// <param name="factors">Room for the −l_jk in panels of four.</param>
    private void UpdateRest(double* l, int first, int last, double* columns, double* factors)
    {
        int rest = order - last,
            depth = last - first,
            tileRows = TileRows;
        ComputeThreads.ForRanges(
            rest,
            12 * tileRows,
            rest >= ParallelThreshold,
            (start, end) =>
            {
                // Both panels begin at multiples of 4 and of the tile's rows, because ranges do.
                Pack(l, first, depth, last, start, end, tileRows, 1, columns);
                Pack(l, first, depth, last, start, end, 4, -1, factors);
            }
        );

        // The rows are cut so that the threads have about the same area of the triangle.
        int ranges = ComputeThreads.Count;
        ComputeThreads.ForRanges(
            ranges,
            1,
            rest >= ParallelThreshold,
            (start, end) =>
            {
                int endRow = FirstRow(rest, end, ranges);
                for (int row = FirstRow(rest, start, ranges); row < endRow; row += RowBlock)
                {
                    int lastRow = Math.Min(endRow, row + RowBlock);
                    for (int column = 0; column < lastRow; column += ColumnBlock)
                    {
                        UpdateBlock(l, last, depth, row, lastRow, column, columns, factors);
                    }
                }
            }
        );
    }

    /// <summary>The first row of a range, a multiple of <see cref="RowBlock"/>.</summary>
    private static int FirstRow(int rest, int range, int ranges) =>
        range == ranges ? rest : (int)(rest * Math.Sqrt((double)range / ranges)) / RowBlock * RowBlock;

    private void UpdateBlock(
        double* l,
        int last,
        int depth,
        int firstRow,
        int endRow,
        int firstColumn,
        double* columns,
        double* factors
    )
    {
        int tileRows = TileRows,
            endColumn = Math.Min(firstColumn + ColumnBlock, endRow);
        double* tile = stackalloc double[4 * tileRows];
        for (int row = firstRow; row < endRow; row += tileRows)
        {
            int rows = Math.Min(tileRows, endRow - row);
            for (int column = firstColumn; column < Math.Min(endColumn, row + rows); column += 4)
            {
                double* a = columns + ((long)row * depth),
                    b = factors + ((long)column * depth),
                    target = l + ((long)(last + column) * order) + last + row;
                if (rows == tileRows && column + 3 <= row)
                {
                    Tile(depth, a, b, target, order);
                    continue;
                }

                // The tile meets the diagonal or the end: only what is below the diagonal belongs to the matrix.
                int present = Math.Min(4, endRow - column);
                CopyBelow(target, order, tile, tileRows, rows, present, column - row);
                Tile(depth, a, b, tile, tileRows);
                CopyBelow(tile, tileRows, target, order, rows, present, column - row);
            }
        }
    }

    /// <summary>Copies the values of a tile whose row is at least their column + <paramref name="diagonal"/>.</summary>
    private static void CopyBelow(
        double* source,
        long sourceStride,
        double* target,
        long targetStride,
        int rows,
        int columns,
        int diagonal
    )
    {
        for (int j = 0; j < columns; j++)
        {
            for (int i = Math.Max(0, j + diagonal); i < rows; i++)
            {
                target[(j * targetStride) + i] = source[(j * sourceStride) + i];
            }
        }
    }

    /// <summary>
    /// Lays out rows [start, end) below <paramref name="last"/> as panels of <paramref name="width"/> rows, times a
    /// sign. The last panel is padded with zeros.
    /// </summary>
    private void Pack(
        double* l,
        int first,
        int depth,
        int last,
        int start,
        int end,
        int width,
        double sign,
        double* target
    )
    {
        target += (long)start * depth;
        for (int row = start; row < end; row += width)
        {
            int valid = Math.Min(width, end - row);
            for (int k = 0; k < depth; k++, target += width)
            {
                double* source = l + ((long)(first + k) * order) + last + row;
                for (int i = 0; i < width; i++)
                {
                    target[i] = i < valid ? sign * source[i] : 0;
                }
            }
        }
    }

    /// <summary>Adds the products of two panels to a tile of <see cref="TileRows"/> × 4.</summary>
    private static void Tile(int depth, double* a, double* b, double* c, long stride)
    {
        int lanes = Doubles.Count;
        double* c1 = c + stride,
            c2 = c1 + stride,
            c3 = c2 + stride;
        Doubles l0 = Load(c),
            m0 = Load(c + lanes),
            h0 = Load(c + (2 * lanes)),
            l1 = Load(c1),
            m1 = Load(c1 + lanes),
            h1 = Load(c1 + (2 * lanes)),
            l2 = Load(c2),
            m2 = Load(c2 + lanes),
            h2 = Load(c2 + (2 * lanes)),
            l3 = Load(c3),
            m3 = Load(c3 + lanes),
            h3 = Load(c3 + (2 * lanes));
        for (int k = 0; k < depth; k++, a += 3 * lanes, b += 4)
        {
            Doubles low = Load(a),
                middle = Load(a + lanes),
                high = Load(a + (2 * lanes));
            Doubles factor = new(b[0]);
            l0 = Lanes.FusedMultiplyAdd(low, factor, l0);
            m0 = Lanes.FusedMultiplyAdd(middle, factor, m0);
            h0 = Lanes.FusedMultiplyAdd(high, factor, h0);
            factor = new(b[1]);
            l1 = Lanes.FusedMultiplyAdd(low, factor, l1);
            m1 = Lanes.FusedMultiplyAdd(middle, factor, m1);
            h1 = Lanes.FusedMultiplyAdd(high, factor, h1);
            factor = new(b[2]);
            l2 = Lanes.FusedMultiplyAdd(low, factor, l2);
            m2 = Lanes.FusedMultiplyAdd(middle, factor, m2);
            h2 = Lanes.FusedMultiplyAdd(high, factor, h2);
            factor = new(b[3]);
            l3 = Lanes.FusedMultiplyAdd(low, factor, l3);
            m3 = Lanes.FusedMultiplyAdd(middle, factor, m3);
            h3 = Lanes.FusedMultiplyAdd(high, factor, h3);
        }

        Store(l0, m0, h0, c);
        Store(l1, m1, h1, c1);
        Store(l2, m2, h2, c2);
        Store(l3, m3, h3, c3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Doubles low, Doubles middle, Doubles high, double* target)
    {
        Unsafe.WriteUnaligned(target, low);
        Unsafe.WriteUnaligned(target + Doubles.Count, middle);
        Unsafe.WriteUnaligned(target + (2 * Doubles.Count), high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Doubles Load(double* source) => Unsafe.ReadUnaligned<Doubles>(source);

    /// <summary>target ← target − factor · column.</summary>
    private static void Eliminate(double* target, double* column, double factor, int length)
    {
        Doubles factors = new(-factor);
        int i = 0;
        for (; i + Doubles.Count <= length; i += Doubles.Count)
        {
            Unsafe.WriteUnaligned(target + i, Lanes.FusedMultiplyAdd(Load(column + i), factors, Load(target + i)));
        }

        for (; i < length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(column[i], -factor, target[i]);
        }
    }

    private static void Divide(double* values, double divisor, int count)
    {
        foreach (ref double value in new Span<double>(values, count))
        {
            value /= divisor;
        }
    }
}
