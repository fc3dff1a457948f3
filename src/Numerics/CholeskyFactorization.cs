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

    private readonly int order;
    private readonly double[] lower;

    private CholeskyFactorization(Matrix<double> matrix)
    {
        order = matrix.RowCount;
        lower = matrix.AsColumnMajorArray() ?? throw new ArgumentException("The matrix must be dense.", nameof(matrix));
    }

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
    public void SolveLower(Matrix<double> right) => new LowerTriangle(lower, order).Solve(right);

    /// <summary>Solves with Lᵀ in place: B ← L⁻ᵀB.</summary>
    public void SolveUpper(Matrix<double> right) => new LowerTriangle(lower, order).SolveTransposed(right);

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
