using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// Takes an optimizer's steps and rescales each row after every one: W_o ← W_o/‖W_o‖₂. Rescaling changes a row's last
/// digits even if it did not move, until they stay or return after two steps. For rows that do not move, this course is
/// computed once, so that a step with few moving rows touches little else and gives the same bits.
/// </summary>
internal sealed class UnitRows
{
    private const int RowGranularity = 64;
    private const int ColumnGranularity = 16;
    private const int ParallelThreshold = 1 << 17;

    // The number of steps that the course of an idle row is computed for at a time. Most rows need three.
    private const int Ahead = 8;

    // So many steps with few moving rows must follow each other before the courses of all rows are worth computing.
    private const int Patience = 3;

    private const int LargestBlock = 64;
    private const int SmallestBlock = 16;

    private readonly float[] factors;
    private readonly int[] chosen;
    private readonly Course[] courses;
    private readonly float[] future;
    private readonly float[] blockFactors = new float[LargestBlock];
    private readonly Dictionary<int, Matrix<float>[]> blocks = [];
    private int stepsWithFew;

    /// <param name="rows">The number of rows.</param>
    public UnitRows(int rows)
    {
        factors = new float[rows];
        chosen = new int[rows];
        courses = new Course[rows];
        future = new float[rows * Ahead];
    }

    /// <summary>Takes a step in which every row may move.</summary>
    /// <param name="weights">Rows × columns.</param>
    /// <param name="direction">Rows × columns: what the optimizer moves along.</param>
    public void Step(Optimizer optimizer, Matrix<float> weights, Matrix<float> direction)
    {
        stepsWithFew = 0;
        MoveAll(optimizer, weights, direction);
    }

    /// <summary>Takes a step in which only some rows move, by an optimizer that leaves the others alone.</summary>
    /// <param name="active">The indices of the moving rows, ascending; the direction is 0 elsewhere.</param>
    public void Step(Optimizer optimizer, Matrix<float> weights, Matrix<float> direction, ReadOnlySpan<int> active)
    {
        stepsWithFew++;
        if (stepsWithFew < Patience)
        {
            MoveAll(optimizer, weights, direction);
            return;
        }

        if (stepsWithFew == Patience)
        {
            Array.Clear(courses);
        }

        int count = 0,
            next = 0,
            scaled = 0;
        for (int o = 0; o < factors.Length; o++)
        {
            bool moves = next < active.Length && active[next] == o;
            next += moves ? 1 : 0;
            factors[o] = 1f;
            if (moves || courses[o].Length == 0)
            {
                chosen[count++] = o;
            }
            else
            {
                factors[o] = courses[o].Next(future.AsSpan(o * Ahead, Ahead));
                scaled += factors[o] != 1f ? 1 : 0;
            }
        }

        if (scaled > 0)
        {
            ScaleAll(weights);
        }

        for (int start = 0; start < count; start += LargestBlock)
        {
            MoveSome(optimizer, weights, direction, chosen.AsSpan(start, Math.Min(LargestBlock, count - start)));
        }
    }

    /// <summary>The norms are computed in the same pass over memory as the step.</summary>
    private void MoveAll(Optimizer optimizer, Matrix<float> weights, Matrix<float> direction)
    {
        float[] values = weights.AsColumnMajorArray();
        optimizer.Begin(values.Length);
        ComputeThreads.ForRanges(
            factors.Length,
            RowGranularity,
            values.Length >= ParallelThreshold,
            (optimizer, values, direction: direction.AsColumnMajorArray(), factors),
            static (work, start, end) =>
            {
                (Optimizer optimizer, float[] values, float[] direction, float[] factors) = work;
                Span<float> own = factors.AsSpan(start, end - start);
                own.Clear();
                for (int column = start; column < values.Length; column += factors.Length)
                {
                    Span<float> part = values.AsSpan(column, own.Length);
                    optimizer.Move(part, direction.AsSpan(column, own.Length), column);
                    Rows.AddSquares(part, own);
                }

                Invert(own);
                for (int column = start; column < values.Length; column += factors.Length)
                {
                    Span<float> part = values.AsSpan(column, own.Length);
                    TensorPrimitives.Multiply(part, own, part);
                }
            }
        );
    }

    /// <summary>Multiplies every row by its factor; 1 leaves a row as it is.</summary>
    private void ScaleAll(Matrix<float> weights)
    {
        float[] values = weights.AsColumnMajorArray();
        ComputeThreads.ForRanges(
            weights.ColumnCount,
            ColumnGranularity,
            values.Length >= ParallelThreshold,
            (values, factors),
            static (work, first, last) =>
            {
                (float[] values, float[] factors) = work;
                for (int column = first; column < last; column++)
                {
                    Span<float> part = values.AsSpan(column * factors.Length, factors.Length);
                    TensorPrimitives.Multiply(part, factors, part);
                }
            }
        );
    }

    /// <summary>Moves and rescales some rows, and computes their course in case they do not move again.</summary>
    private void MoveSome(Optimizer optimizer, Matrix<float> weights, Matrix<float> direction, ReadOnlySpan<int> rows)
    {
        int size = SmallestBlock;
        while (size < rows.Length)
        {
            size *= 2;
        }

        Matrix<float>[] block = BlocksOf(size, weights.ColumnCount);
        Span<float> scale = blockFactors.AsSpan(0, size);
        Rows.Gather(weights, rows, block[0]);
        Rows.Gather(direction, rows, block[1]);
        optimizer.Begin(block[0].AsColumnMajorArray().Length);
        optimizer.Move(block[0].AsColumnMajorArray(), block[1].AsColumnMajorArray(), 0);
        FactorsOf(block[0], scale);
        Scale(block[0], scale, block[0]);
        Rows.Scatter(block[0], rows, weights);
        LookAhead(block, scale, rows);
    }

    /// <summary>
    /// Follows rows that do not move: W ← f·W with f = 1/‖W‖₂, again and again, until a row stays (f = 1) or is what it
    /// was two steps before.
    /// </summary>
    /// <param name="block">The rows as they are, and room for two steps more.</param>
    private void LookAhead(Matrix<float>[] block, Span<float> scale, ReadOnlySpan<int> rows)
    {
        (Matrix<float> now, Matrix<float> before, Matrix<float> after) = (block[0], block[1], block[2]);
        int open = rows.Length;
        foreach (int o in rows)
        {
            courses[o] = default;
        }

        for (int t = 0; t < Ahead && open > 0; t++)
        {
            FactorsOf(now, scale);
            Scale(now, scale, after);
            for (int r = 0; r < rows.Length; r++)
            {
                int o = rows[r];
                if (courses[o].IsClosed)
                {
                    continue;
                }

                future[(o * Ahead) + t] = scale[r];
                bool stays = scale[r] == 1f,
                    returns = !stays && t > 0 && IsSame(after, before, r);
                courses[o] = new Course(
                    t + 1,
                    stays ? t
                        : returns ? t - 1
                        : Course.Open
                );
                open -= stays || returns ? 1 : 0;
            }

            (before, now, after) = (now, after, before);
        }
    }

    private Matrix<float>[] BlocksOf(int rows, int columns)
    {
        if (!blocks.TryGetValue(rows, out Matrix<float>[]? block))
        {
            blocks[rows] = block = [.. Enumerable.Range(0, 3).Select(_ => Matrix<float>.Build.Dense(rows, columns))];
        }

        return block;
    }

    private static void FactorsOf(Matrix<float> rows, Span<float> factors)
    {
        float[] values = rows.AsColumnMajorArray();
        factors.Clear();
        for (int column = 0; column < values.Length; column += factors.Length)
        {
            Rows.AddSquares(values.AsSpan(column, factors.Length), factors);
        }

        Invert(factors);
    }

    private static void Scale(Matrix<float> rows, ReadOnlySpan<float> factors, Matrix<float> target)
    {
        float[] values = rows.AsColumnMajorArray(),
            scaled = target.AsColumnMajorArray();
        for (int column = 0; column < values.Length; column += factors.Length)
        {
            TensorPrimitives.Multiply(
                values.AsSpan(column, factors.Length),
                factors,
                scaled.AsSpan(column, factors.Length)
            );
        }
    }

    /// <summary>Makes 1/‖W_o‖₂ of the sums of squares.</summary>
    private static void Invert(Span<float> squares)
    {
        foreach (ref float norm in squares)
        {
            // A row of zeros has no direction to keep, so it is left unchanged.
            norm = norm == 0f ? 1f : 1f / MathF.Sqrt(norm);
        }
    }

    private static bool IsSame(Matrix<float> one, Matrix<float> other, int row)
    {
        float[] a = one.AsColumnMajorArray(),
            b = other.AsColumnMajorArray();
        for (int i = row; i < a.Length; i += one.RowCount)
        {
            if (BitConverter.SingleToInt32Bits(a[i]) != BitConverter.SingleToInt32Bits(b[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Which of the factors computed ahead an idle row is multiplied by in the next steps.</summary>
    /// <param name="Length">How many are known; 0 for none.</param>
    /// <param name="Loop">The one that follows the last; <see cref="Open"/> if that is not known.</param>
    private record struct Course(int Length, int Loop)
    {
        public const int Open = -1;

        private int at;

        public readonly bool IsClosed => Length > 0 && Loop != Open;

        /// <summary>Returns the next factor. After the last known one the course begins anew, or is unknown.</summary>
        public float Next(ReadOnlySpan<float> known)
        {
            float factor = known[at++];
            if (at == Length)
            {
                at = Loop;
                Length = Loop == Open ? 0 : Length;
            }

            return factor;
        }
    }
}
