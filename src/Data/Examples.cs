using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Data;

/// <summary>Samples and their targets, classes or real numbers, ready for a network.</summary>
public sealed class Examples
{
    // The inputs of a larger set, of which these samples are the columns from 'first' on: ranges share them.
    private readonly Matrix<float> shared;
    private readonly int first;
    private Matrix<float>? own;

    private Examples(Matrix<float> shared, int first, int count, int[] labels, int classes, Matrix<float>? values)
    {
        (this.shared, this.first, Count) = (shared, first, count);
        (Labels, Classes, Values) = (labels, classes, values);
    }

    /// <summary>Creates samples of a classification.</summary>
    /// <param name="inputs">Features × samples, normalised as the data set prescribes.</param>
    /// <param name="labels">One class index per sample.</param>
    /// <param name="classes">The number of classes; labels lie in [0, classes).</param>
    public Examples(Matrix<float> inputs, int[] labels, int classes)
        : this(inputs, 0, inputs?.ColumnCount ?? 0, labels, classes, null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        if (inputs.ColumnCount != labels.Length)
        {
            throw new ArgumentException($"There are {inputs.ColumnCount} samples and {labels.Length} labels.");
        }
    }

    /// <summary>Creates samples of a regression.</summary>
    /// <param name="inputs">Features × samples, normalised as the data set prescribes.</param>
    /// <param name="values">Outputs × samples: the targets.</param>
    public Examples(Matrix<float> inputs, Matrix<float> values)
        : this(inputs, 0, inputs?.ColumnCount ?? 0, [], 0, values)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(values);
        if (inputs.ColumnCount != values.ColumnCount)
        {
            throw new ArgumentException($"There are {inputs.ColumnCount} samples and values for {values.ColumnCount}.");
        }
    }

    /// <summary>Features × samples. Of a range, a copy that is made when it is first asked for.</summary>
    public Matrix<float> Inputs =>
        Count == shared.ColumnCount ? shared : own ??= shared.SubMatrix(0, shared.RowCount, first, Count);

    /// <summary>Class indices, one per sample, in [0, <see cref="Classes"/>); empty for a regression.</summary>
    public int[] Labels { get; }

    /// <summary>The number of classes; 0 for a regression.</summary>
    public int Classes { get; }

    /// <summary>The targets of a regression, outputs × samples; null for classes.</summary>
    public Matrix<float>? Values { get; }

    /// <summary>The number of outputs of a network for these samples: one per class or value.</summary>
    public int Outputs => Values?.RowCount ?? Classes;

    public int Count { get; }

    /// <summary>Returns the first <paramref name="count"/> samples, or all if there are fewer.</summary>
    public Examples Take(int count) => Range(0, Math.Min(count, Count));

    /// <summary>Returns the samples [start, end), which share the inputs.</summary>
    public Examples Range(int start, int end) =>
        start == 0 && end == Count
            ? this
            : new(
                shared,
                first + start,
                end - start,
                Values is null ? Labels[start..end] : [],
                Classes,
                Values?.SubMatrix(0, Values.RowCount, start, end - start)
            );

    /// <summary>Returns the samples outside of [start, end), in their order.</summary>
    public Examples Without(int start, int end)
    {
        int rest = Count - end;
        Matrix<float> Outside(Matrix<float> from)
        {
            Matrix<float> result = Matrix<float>.Build.Dense(from.RowCount, start + rest);
            result.SetSubMatrix(0, 0, from.RowCount, 0, 0, start, from);
            result.SetSubMatrix(0, 0, from.RowCount, start, end, rest, from);
            return result;
        }

        return new Examples(
            Outside(Inputs),
            0,
            start + rest,
            Values is null ? [.. Labels[..start], .. Labels[end..]] : [],
            Classes,
            Values is null ? null : Outside(Values)
        );
    }

    /// <summary>
    /// Returns the same samples with one real-valued target per sample: for a regression the chosen output, for classes
    /// +1 for the chosen class and −1 for the others.
    /// </summary>
    /// <param name="output">Index of the output or class.</param>
    public Examples Only(int output) =>
        new(
            shared,
            first,
            Count,
            [],
            0,
            Values?.SubMatrix(output, 1, 0, Count)
                ?? Matrix<float>.Build.Dense(1, Count, (_, j) => Labels[j] == output ? 1f : -1f)
        );

    /// <summary>Copies the inputs of the chosen samples into a batch.</summary>
    /// <param name="indices">The indices of the chosen samples, in the order of the batch.</param>
    /// <param name="batch">Features × indices, overwritten.</param>
    public void Gather(ReadOnlyMemory<int> indices, Matrix<float> batch) => Gather(shared, first, indices, batch);

    /// <summary>
    /// Copies the targets of the chosen samples into a batch: their values, or their classes one-hot.
    /// </summary>
    /// <param name="indices">The indices of the chosen samples, in the order of the batch.</param>
    /// <param name="batch">Outputs × indices, overwritten.</param>
    public void GatherTargets(ReadOnlyMemory<int> indices, Matrix<float> batch)
    {
        if (Values is not null)
        {
            Gather(Values, 0, indices, batch);
            return;
        }

        batch.Clear();
        for (int j = 0; j < indices.Length; j++)
        {
            batch[Labels[indices.Span[j]], j] = 1f;
        }
    }

    private static void Gather(Matrix<float> from, int first, ReadOnlyMemory<int> indices, Matrix<float> batch) =>
        ComputeThreads.ForRanges(
            indices.Length,
            1,
            indices.Length * from.RowCount >= ComputeThreads.LeastValues,
            (
                source: from.AsColumnMajorArray(),
                target: batch.AsColumnMajorArray(),
                rows: from.RowCount,
                first,
                indices
            ),
            static (work, start, end) =>
            {
                for (int j = start; j < end; j++)
                {
                    work.source.AsSpan((work.first + work.indices.Span[j]) * work.rows, work.rows)
                        .CopyTo(work.target.AsSpan(j * work.rows));
                }
            }
        );
}
