using System.Numerics.Tensors;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Soft competition of a layer's neurons for a sample: the winner learns, all others unlearn, each by its share.</summary>
internal static class SoftWinner
{
    /// <summary>Fills the layer's scratch with a/B, a = softmax(y/T) over the neurons, all but the winner's negated.</summary>
    /// <param name="temperature">T.</param>
    public static void Take(LayerRecord record, double temperature)
    {
        int units = record.Output.RowCount, samples = record.Output.ColumnCount;
        float[] y = record.Output.AsColumnMajorArray(), a = record.Scratch.AsColumnMajorArray();
        for (int start = 0; start < a.Length; start += units)
        {
            Span<float> sample = a.AsSpan(start, units);
            Softmax.Apply(y.AsSpan(start, units), (float)temperature, sample);
            int winner = TensorPrimitives.IndexOfMax<float>(sample);
            float winning = sample[winner];
            TensorPrimitives.Multiply(sample, -1f / samples, sample);
            sample[winner] = winning / samples;
        }
    }
}
