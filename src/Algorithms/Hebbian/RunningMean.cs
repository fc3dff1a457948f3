using System.Numerics.Tensors;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// The running mean activity of a hidden layer's neurons: the state of rules that compare a neuron with its own past.
/// </summary>
/// <param name="Mean">m, one value per neuron.</param>
public sealed record RunningMean(float[] Mean)
{
    /// <summary>The number of batches that the mean has seen.</summary>
    public int Batches { get; set; }

    /// <summary>Creates a mean that has seen no batch.</summary>
    public static RunningMean For(DenseLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new RunningMean(new float[layer.Outputs]);
    }

    /// <summary>Updates the mean: m ← decay·m + (1 − decay)·mean_B(y). The first batch sets m to its mean.</summary>
    /// <param name="record">The layer's record, whose output is y.</param>
    /// <param name="decay">The weight of the past, in [0, 1].</param>
    /// <returns>m, one value per neuron.</returns>
    public float[] Update(LayerRecord record, double decay)
    {
        ArgumentNullException.ThrowIfNull(record);
        float[] sum = record.UnitScratch<float>("sum");
        double weight = Batches++ == 0 ? 1 : 1 - decay;
        TensorPrimitives.Multiply(Mean, (float)(1 - weight), Mean);
        ColumnSum.Compute(record.Output, sum);
        TensorPrimitives.MultiplyAdd(sum, (float)(weight / record.Columns), Mean, Mean);
        return Mean;
    }
}
