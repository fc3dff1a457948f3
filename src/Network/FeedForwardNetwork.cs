using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>A chain of dense layers; the last one is the output layer, the others are hidden.</summary>
public sealed class FeedForwardNetwork
{
    /// <exception cref="ArgumentException">There is no layer, or a layer's inputs do not match the units of the layer
    /// below.</exception>
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

    /// <summary>Draws the weights of all layers, from the first layer to the output layer.</summary>
    public void Draw(Initialization initialization, RandomStream random)
    {
        for (int l = 0; l < Layers.Count; l++)
        {
            Layers[l].Draw(LayerInitialization.Of(initialization, l), random);
        }
    }

    /// <summary>Creates a record that can be reused for every batch of <paramref name="samples"/> samples.</summary>
    public ForwardRecord CreateRecord(int samples) => new(Layers, samples);

    /// <summary>Passes a batch through all layers.</summary>
    /// <param name="input">inputs × samples.</param>
    /// <param name="record">Made by <see cref="CreateRecord"/> for the same number of samples; overwritten.</param>
    /// <param name="dropout">The stream from which a training pass draws dropout masks; null for an evaluation
    /// pass.</param>
    public void Forward(Matrix<float> input, ForwardRecord record, RandomStream? dropout = null) =>
        Forward(input, record, Layers.Count, dropout);

    /// <summary>Passes a batch through the first layers only, without dropout.</summary>
    /// <param name="layers">How many layers, from 0 to the number of hidden layers.</param>
    /// <returns>The output of the last of these layers, units × samples; the input if there is none.</returns>
    public Matrix<float> HiddenOutput(Matrix<float> input, ForwardRecord record, int layers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(layers);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layers, HiddenLayers);
        Forward(input, record, layers, null);
        return layers == 0 ? input : record.Layers[layers - 1].Output;
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
