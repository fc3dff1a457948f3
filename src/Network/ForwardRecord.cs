using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>The record of one forward pass: what a learning rule reads.</summary>
public sealed class ForwardRecord
{
    internal ForwardRecord(IEnumerable<DenseLayer> layers, int samples)
    {
        Samples = samples;
        Layers = [.. layers.Select(layer => new LayerRecord(layer, samples))];
    }

    /// <summary>B, the number of samples the record is made for.</summary>
    public int Samples { get; }

    /// <summary>One record per layer, from the first layer to the output layer.</summary>
    public IReadOnlyList<LayerRecord> Layers { get; }

    /// <summary>The network's output, outputs × samples.</summary>
    public Matrix<float> Output => Layers[^1].Output;
}
