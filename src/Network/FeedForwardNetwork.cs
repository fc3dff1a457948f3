using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>A chain of dense layers; the last one is the output layer, the others are hidden.</summary>
public sealed class FeedForwardNetwork
{
    /// <exception cref="ArgumentException">There is no layer, or two neighbours do not fit.</exception>
    public FeedForwardNetwork(IReadOnlyList<DenseLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (layers.Count == 0)
        {
            throw new ArgumentException("A network needs at least one layer.", nameof(layers));
        }

        for (int l = 1; l < layers.Count; l++)
        {
            if (layers[l].Inputs != layers[l - 1].Outputs)
            {
                throw new ArgumentException(
                    $"Layer {l + 1} takes {layers[l].Inputs} inputs, but layer {l} has {layers[l - 1].Outputs} units.",
                    nameof(layers)
                );
            }
        }

        Layers = layers;
    }

    public IReadOnlyList<DenseLayer> Layers { get; }

    public int Inputs => Layers[0].Inputs;

    public int Outputs => Layers[^1].Outputs;

    /// <summary>The number of hidden layers; 0 for a linear model.</summary>
    public int HiddenLayers => Layers.Count - 1;

    /// <summary>Draws all weights, from the input upwards.</summary>
    public void Draw(Initialization initialization, RandomStream random)
    {
        for (int l = 0; l < Layers.Count; l++)
        {
            Layers[l].Draw(LayerInitialization.Of(initialization, l), random);
        }
    }

    /// <summary>A record to reuse for all batches of that many samples.</summary>
    public ForwardRecord CreateRecord(int samples) => new(Layers, samples);

    /// <summary>Passes a batch through all layers.</summary>
    /// <param name="input">inputs × samples.</param>
    /// <param name="record">Made by <see cref="CreateRecord"/> for as many samples; overwritten.</param>
    /// <param name="dropout">Draws dropout masks and says that this pass is one of training; null evaluates.</param>
    public void Forward(Matrix<float> input, ForwardRecord record, RandomStream? dropout = null) =>
        Forward(input, record, Layers.Count, dropout);

    /// <summary>Passes a batch through the hidden layers alone, without dropout.</summary>
    /// <returns>The last hidden layer's output, or the input where there is none.</returns>
    public Matrix<float> HiddenOutput(Matrix<float> input, ForwardRecord record)
    {
        Forward(input, record, HiddenLayers, null);
        return HiddenLayers == 0 ? input : record.Layers[HiddenLayers - 1].Output;
    }

    private void Forward(Matrix<float> input, ForwardRecord record, int layers, RandomStream? dropout)
    {
        if (input.ColumnCount != record.Samples || input.RowCount != Inputs)
        {
            throw new ArgumentException(
                $"The record is for {Inputs}×{record.Samples}, the input is {input.RowCount}×{input.ColumnCount}.",
                nameof(input)
            );
        }

        for (int l = 0; l < layers; l++)
        {
            Layers[l].Forward(input, record.Layers[l], dropout);
            input = record.Layers[l].Output;
        }
    }
}
