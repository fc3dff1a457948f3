using System.Runtime.CompilerServices;
using MathNet.Numerics.LinearAlgebra;
using Doubles = System.Numerics.Vector<double>;
using Lanes = System.Numerics.Vector;

namespace Reproduction.Numerics;

/// <summary>Solves systems with a lower triangular matrix L in double precision.</summary>
/// <remarks>
/// Every element is a chain of fused multiply-adds in the order in which rows are solved. Neither the vector width nor
/// the number of threads affects that order.
/// </remarks>
/// <param name="lower">L, column by column. What lies above the diagonal is not read.</param>
/// <param name="order">The number of rows and columns.</param>
internal sealed unsafe class LowerTriangle(double[] lower, int order)
{
    private const int ParallelThreshold = 256;

    // Rows of a right-hand side that are eliminated together.
    private const int RowsAtATime = 4;

    private delegate void GroupSolver(double* l, double* x);

    /// <summary>Solves with L in place: B ← L⁻¹B.</summary>
    public void Solve(Matrix<double> right) =>
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
    public void SolveTransposed(Matrix<double> right) =>
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Doubles Load(double* source) => Unsafe.ReadUnaligned<Doubles>(source);
}
