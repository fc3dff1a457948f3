using System.Runtime.InteropServices;
using Reproduction.Network;

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
    public static WeightSnapshot Of(DenseLayer layer, int neurons)
    {
        int rows = Math.Min(neurons, layer.Outputs);
        float[] values = layer.Weights.SubMatrix(0, rows, 0, layer.Inputs).ToRowMajorArray();
        return new WeightSnapshot(rows, layer.Inputs, MemoryMarshal.AsBytes<float>(values).ToArray());
    }

    /// <summary>Returns one neuron's weights, one value per input.</summary>
    public float[] Row(int neuron) => MemoryMarshal.Cast<byte, float>(Bytes).Slice(neuron * Inputs, Inputs).ToArray();
}
