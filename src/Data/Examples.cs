using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Data;

/// <summary>Labelled samples, ready for a network.</summary>
public sealed class Examples
{
    /// <param name="inputs">Features × samples, normalised as the data set prescribes.</param>
    /// <param name="labels">One class index a sample.</param>
    /// <param name="classes">The number of classes; labels lie in [0, classes).</param>
    public Examples(Matrix<float> inputs, int[] labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(labels);
        if (inputs.ColumnCount != labels.Length)
        {
            throw new ArgumentException($"There are {inputs.ColumnCount} samples and {labels.Length} labels.");
        }

        Inputs = inputs;
        Labels = labels;
        Classes = classes;
    }

    public Matrix<float> Inputs { get; }

    public int[] Labels { get; }

    public int Classes { get; }

    public int Count => Labels.Length;

    /// <summary>The first <paramref name="count"/> samples, or all if there are fewer.</summary>
    public Examples Take(int count) => count >= Count ? this : new(Inputs.SubMatrix(0, Inputs.RowCount, 0, count), Labels[..count], Classes);

    /// <summary>Copies chosen samples side by side.</summary>
    /// <param name="indices">Which, in order.</param>
    /// <param name="batch">Features × indices, overwritten.</param>
    public void Gather(ReadOnlySpan<int> indices, Matrix<float> batch)
    {
        int features = Inputs.RowCount;
        ReadOnlySpan<float> source = Inputs.AsColumnMajorArray();
        Span<float> target = batch.AsColumnMajorArray();
        for (int j = 0; j < indices.Length; j++)
        {
            source.Slice(indices[j] * features, features).CopyTo(target[(j * features)..]);
        }
    }
}
