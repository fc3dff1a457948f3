using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Soft competition of a layer's neurons for each sample.</summary>
internal static class SoftWinner
{
    /// <summary>
    /// Computes a/B, where B is the number of samples and a = softmax(y/T) over the neurons, negated for all but the
    /// winner.
    /// </summary>
    /// <param name="temperature">T &gt; 0.</param>
    /// <returns>a/B, units × samples, in a scratch matrix of the layer.</returns>
    public static Matrix<float> Take(LayerRecord record, double temperature)
    {
        Matrix<float> activity = record.Scratch("activity");
        Samples.ForEach(
            activity,
            (y: record.Output.AsColumnMajorArray(), temperature: (float)temperature, samples: record.Columns),
            static (work, start, a) =>
            {
                Softmax.Apply(work.y.AsSpan(start, a.Length), work.temperature, a);
                int winner = TensorPrimitives.IndexOfMax<float>(a);
                float winning = a[winner];
                TensorPrimitives.Multiply(a, -1f / work.samples, a);
                a[winner] = winning / work.samples;
            }
        );
        return activity;
    }
}
