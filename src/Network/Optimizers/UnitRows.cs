using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// Takes an optimizer's steps and rescales each row after every one: W_o ← W_o/‖W_o‖₂. Rescaling changes a row's last
/// digits even if it did not move, until they stay or return after two steps. For rows that do not move, this course is
/// computed once. A row that returns is left as it is stored, and is multiplied by its factor at every other step while
/// it is read (<see cref="ScaledRows"/>). A step with few moving rows then touches little else and gives the same bits.
/// </summary>
internal sealed class UnitRows
{
    // In a smaller matrix, scaling the rows costs less than keeping account of those that wait for it.
    private const int SmallestToScale = 1 << 17;

    private const int RowGranularity = 64;

    // The number of steps that the course of an idle row is computed for at a time. Most rows need three.
    private const int Ahead = 8;

    // So many steps with few moving rows must follow each other before the courses of all rows are worth computing.
    private const int Patience = 3;

    private const int LargestBlock = 64;
    private const int SmallestBlock = 16;

    private readonly float[] factors;
    private readonly int[] chosen;
    private readonly int[] places;
    private readonly int[] late;
    private readonly Course[] courses;
    private readonly float[] future;
    private readonly float[] blockFactors = new float[LargestBlock];
    private readonly Dictionary<int, Matrix<float>[]> blocks = [];
    private int stepsWithFew;
    private int settlements;

    /// <param name="rows">The number of rows.</param>
    public UnitRows(int rows)
    {
        factors = new float[rows];
        chosen = new int[rows];
        places = new int[rows];
        late = new int[rows];
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
    /// <param name="change">A proposal for few rows.</param>
    public void Step(Optimizer optimizer, ScaledRows weights, LayerProposal change)
    {
        stepsWithFew++;
        if (stepsWithFew < Patience)
        {
            MoveAll(optimizer, weights.Values, change.Values);
            return;
        }

        if (stepsWithFew == Patience)
        {
            weights.Settle();
            weights.Prepare();
            Array.Clear(courses);
        }

        if (settlements != weights.Settlements)
        {
            settlements = weights.Settlements;
            for (int o = 0; o < courses.Length; o++)
            {
                courses[o].Store();
            }
        }

        int count = FollowIdleRows(weights, change.ActiveRows!.Value.Span);
        for (int start = 0; start < count; start += LargestBlock)
        {
            MoveSome(optimizer, weights, change.ActiveValues!, start, Math.Min(LargestBlock, count - start));
        }

        if (weights.Stored.RowCount * weights.Stored.ColumnCount < SmallestToScale)
        {
            weights.Settle();
        }
    }

    /// <summary>
    /// Takes all rows whose course is known one step further, and puts the others into <see cref="chosen"/>, with their
    /// place among the moving rows.
    /// </summary>
    /// <param name="active">The indices of the moving rows, ascending.</param>
    /// <returns>The number of chosen rows.</returns>
    private int FollowIdleRows(ScaledRows weights, ReadOnlySpan<int> active)
    {
        float[] waiting = weights.Factors;
        int count = 0,
            next = 0,
            lateCount = 0;
        bool isWaiting = false;
        for (int o = 0; o < factors.Length; o++)
        {
            bool moves = next < active.Length && active[next] == o;
            ref Course course = ref courses[o];
            if (moves || course.Length == 0)
            {
                places[count] = moves ? next++ : -1;
                chosen[count++] = o;
                continue;
            }

            bool wasStored = course.IsStored;
            float factor = course.Next(future.AsSpan(o * Ahead, Ahead), out int from);
            if (course.IsStored)
            {
                waiting[o] = 1f;
            }
            else if (factor != 1f)
            {
                if (!wasStored)
                {
                    (factors[o], late[lateCount++]) = (waiting[o], o);
                }

                waiting[o] = factor;
                course.Store(from);
            }

            isWaiting |= waiting[o] != 1f;
        }

        MultiplyIn(weights.Stored, lateCount);
        weights.Wait(isWaiting);
        return count;
    }

    /// <summary>Multiplies the first rows of <see cref="late"/> by their factors where they are stored.</summary>
    private void MultiplyIn(Matrix<float> weights, int count)
    {
        if (count == 0)
        {
            return;
        }

        float[] values = weights.AsColumnMajorArray();
        for (int column = 0; column < values.Length; column += factors.Length)
        {
            Span<float> part = values.AsSpan(column, factors.Length);
            for (int r = 0; r < count; r++)
            {
                part[late[r]] *= factors[late[r]];
            }
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
            values.Length >= ComputeThreads.LeastValues,
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

    /// <summary>Moves and rescales some rows, and computes their course in case they do not move again.</summary>
    /// <param name="direction">The moving rows, one after the other.</param>
    /// <param name="start">The first of the <see cref="chosen"/> rows.</param>
    /// <param name="count">The number of rows.</param>
    private void MoveSome(Optimizer optimizer, ScaledRows weights, Matrix<float> direction, int start, int count)
    {
        int size = SmallestBlock;
        while (size < count)
        {
            size *= 2;
        }

        ReadOnlyMemory<int> rows = chosen.AsMemory(start, count);
        Matrix<float>[] block = BlocksOf(size, weights.Stored.ColumnCount);
        Span<float> scale = blockFactors.AsSpan(0, size);
        Rows.Gather(weights.Stored, rows, block[0]);
        scale.Clear();
        for (int r = 0; r < count; r++)
        {
            ref float waiting = ref weights.Factors[rows.Span[r]];
            (scale[r], waiting) = (waiting, 1f);
        }

        if (scale[..count].ContainsAnyExcept(1f))
        {
            Scale(block[0], scale, block[0]);
        }

        Rows.Gather(direction, places.AsMemory(start, count), block[1]);
        optimizer.Begin(block[0].AsColumnMajorArray().Length);
        optimizer.Move(block[0].AsColumnMajorArray(), block[1].AsColumnMajorArray(), 0);
        FactorsOf(block[0], scale);
        Scale(block[0], scale, block[0]);
        Rows.Scatter(block[0], rows, weights.Stored);
        LookAhead(block, scale, rows.Span);
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

    /// <summary>
    /// The states that an idle row goes through, by the factors that lead from each to the next.
    /// </summary>
    /// <param name="Length">How many factors are known; 0 for none.</param>
    /// <param name="Loop">The state that follows the last factor; <see cref="Open"/> if that is not known.</param>
    private record struct Course(int Length, int Loop)
    {
        public const int Open = -1;

        // The states that the row has reached and that is stored.
        private int at;
        private int stored;

        public readonly bool IsClosed => Length > 0 && Loop != Open;

        /// <summary>Whether the row is in the state that is stored.</summary>
        public readonly bool IsStored => at == stored;

        /// <summary>
        /// Goes on to the next state. After the last known factor the course begins anew, or is unknown.
        /// </summary>
        /// <param name="from">The state that the row was in.</param>
        /// <returns>The factor that leads there.</returns>
        public float Next(ReadOnlySpan<float> known, out int from)
        {
            from = at++;
            if (at == Length)
            {
                at = Loop;
                Length = Loop == Open ? 0 : Length;
            }

            return known[from];
        }

        /// <summary>Says which state is stored.</summary>
        public void Store(int state) => stored = state;

        /// <summary>Says that the row is stored as it is.</summary>
        public void Store() => stored = at;
    }
}
