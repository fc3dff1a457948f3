using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Evaluation.Records;

/// <summary>The weights of a layer's first neurons at one moment.</summary>
/// <param name="Neurons">Number of neurons (rows).</param>
/// <param name="Inputs">Number of inputs of each neuron (columns).</param>
/// <param name="Bytes">Neurons × inputs single-precision numbers, little-endian, row by row.</param>
public sealed record WeightSnapshot(int Neurons, int Inputs, byte[] Bytes)
{
    /// <summary>
    /// Copies the weights of the first <paramref name="neurons"/> neurons, or of all if there are fewer.
    /// </summary>
    /// <param name="weights">Neurons × inputs.</param>
    public static WeightSnapshot Of(Matrix<float> weights, int neurons)
    {
        ArgumentNullException.ThrowIfNull(weights);
        int rows = Math.Min(neurons, weights.RowCount);
        float[] values = weights.SubMatrix(0, rows, 0, weights.ColumnCount).ToRowMajorArray();
        return new WeightSnapshot(rows, weights.ColumnCount, MemoryMarshal.AsBytes<float>(values).ToArray());
    }

    /// <summary>Returns one neuron's weights, one value per input.</summary>
    public float[] Row(int neuron) => MemoryMarshal.Cast<byte, float>(Bytes).Slice(neuron * Inputs, Inputs).ToArray();
}
