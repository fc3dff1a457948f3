using System.Numerics.Tensors;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// The running mean activity of every hidden neuron: the state of the rules that compare a neuron with its past.
/// </summary>
/// <param name="Layers">One array a hidden layer, one value a neuron.</param>
/// <param name="Batches">How many batches each layer's mean has seen.</param>
public sealed record RunningMeans(float[][] Layers, int[] Batches)
{
    /// <summary>Means that have seen nothing.</summary>
    public static RunningMeans For(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(
            [.. network.Layers.SkipLast(1).Select(layer => new float[layer.Outputs])],
            new int[network.HiddenLayers]
        );
    }

    /// <summary>m ← decay·m + (1 − decay)·mean_B(y); the first batch sets m to its mean.</summary>
    /// <param name="layer">Index of the hidden layer.</param>
    /// <param name="record">The layer's pass; its output y counts, its <see cref="LayerRecord.UnitScratch"/> is
    /// used.</param>
    /// <param name="decay">The weight of the past, in [0, 1].</param>
    /// <returns>m.</returns>
    public float[] Update(int layer, LayerRecord record, double decay)
    {
        float[] mean = Layers[layer],
            sum = record.UnitScratch;
        double weight = Batches[layer]++ == 0 ? 1 : 1 - decay;
        TensorPrimitives.Multiply(mean, (float)(1 - weight), mean);
        ColumnSum.Compute(record.Output, sum);
        TensorPrimitives.MultiplyAdd(sum, (float)(weight / record.Output.ColumnCount), mean, mean);
        return mean;
    }
}
