using System.Runtime.InteropServices;
using Reproduction.Network;

namespace Reproduction.Evaluation.Records;

/// <summary>The weights of a layer's first neurons at one moment.</summary>
/// <param name="Neurons">Rows.</param>
/// <param name="Inputs">Columns.</param>
/// <param name="Bytes">Neurons × inputs little-endian single-precision numbers, row by row.</param>
public sealed record WeightSnapshot(int Neurons, int Inputs, byte[] Bytes)
{
    /// <summary>The first <paramref name="neurons"/> rows, or all if there are fewer.</summary>
    public static WeightSnapshot Of(DenseLayer layer, int neurons)
    {
        int rows = Math.Min(neurons, layer.Outputs);
        float[] values = layer.Weights.SubMatrix(0, rows, 0, layer.Inputs).ToRowMajorArray();
        return new WeightSnapshot(rows, layer.Inputs, MemoryMarshal.AsBytes<float>(values).ToArray());
    }

    /// <summary>One neuron's weights.</summary>
    public float[] Row(int neuron) => MemoryMarshal.Cast<byte, float>(Bytes).Slice(neuron * Inputs, Inputs).ToArray();
}
