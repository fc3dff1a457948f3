using System.Numerics.Tensors;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Soft competition of a layer's neurons for a sample: the winner learns, all others unlearn, each by its share.
/// </summary>
internal static class SoftWinner
{
    /// <summary>
    /// Fills the layer's scratch with a/B, a = softmax(y/T) over the neurons, all but the winner's negated.
    /// </summary>
    /// <param name="temperature">T.</param>
    public static void Take(LayerRecord record, double temperature) =>
        Samples.ForEach(
            record.Scratch,
            (
                y: record.Output.AsColumnMajorArray(),
                temperature: (float)temperature,
                samples: record.Output.ColumnCount
            ),
            static (work, start, a) =>
            {
                Softmax.Apply(work.y.AsSpan(start, a.Length), work.temperature, a);
                int winner = TensorPrimitives.IndexOfMax<float>(a);
                float winning = a[winner];
                TensorPrimitives.Multiply(a, -1f / work.samples, a);
                a[winner] = winning / work.samples;
            }
        );
}
