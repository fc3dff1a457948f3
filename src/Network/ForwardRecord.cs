using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>The record of one forward pass: what a learning rule reads.</summary>
public sealed class ForwardRecord
{
    private readonly IReadOnlyList<DenseLayer> layers;
    private readonly Dictionary<string, ForwardRecord> further = new(StringComparer.Ordinal);

    internal ForwardRecord(IReadOnlyList<DenseLayer> layers, int samples)
    {
        this.layers = layers;
        Samples = samples;
        Layers = [.. layers.Select(layer => new LayerRecord(layer, samples))];
    }

    /// <summary>B, the number of samples the record is made for.</summary>
    public int Samples { get; }

    /// <summary>One record per layer, from the first layer to the output layer.</summary>
    public IReadOnlyList<LayerRecord> Layers { get; }

    /// <summary>
    /// Another record of the same network and as many samples, for further passes within one proposal. The first
    /// request for a name creates it; later requests return the same record, whose content is then undefined.
    /// </summary>
    public ForwardRecord Scratch(string name)
    {
        if (!further.TryGetValue(name, out ForwardRecord? record))
        {
            further[name] = record = new ForwardRecord(layers, Samples);
        }

        return record;
    }

    /// <summary>The network's output, outputs × samples.</summary>
    public Matrix<float> Output => Layers[^1].Output;
}
