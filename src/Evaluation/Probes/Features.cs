using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// The features that a probe reads: the last hidden layer's activity on every sample, without dropout.
/// </summary>
/// <param name="Values">Features × samples.</param>
/// <param name="Labels">One class index per sample.</param>
public sealed record Features(Matrix<float> Values, int[] Labels, int Classes)
{
    public int Count => Labels.Length;

    public int Dimension => Values.RowCount;

    /// <summary>Whether all values are finite numbers.</summary>
    public bool AreFinite => System.Numerics.Tensors.TensorPrimitives.IsFiniteAll<float>(Values.AsColumnMajorArray());

    /// <summary>A copy of the samples [start, end).</summary>
    public Features Range(int start, int end) =>
        this with
        {
            Values = Matrix<float>.Build.Dense(
                Dimension,
                end - start,
                Values.AsColumnMajorArray()[(start * Dimension)..(end * Dimension)]
            ),
            Labels = Labels[start..end],
        };

    /// <summary>
    /// Computes the features. The features of several networks are stacked in order. A network without a hidden layer
    /// gives the inputs themselves.
    /// </summary>
    public static Features Of(IReadOnlyList<FeedForwardNetwork> networks, Examples examples)
    {
        if (networks[0].HiddenLayers == 0)
        {
            return new Features(examples.Inputs, examples.Labels, examples.Classes);
        }

        int dimension = networks.Sum(network => network.Layers[^1].Inputs),
            top = 0;
        Matrix<float> values = Matrix<float>.Build.Dense(dimension, examples.Count);
        float[] target = values.AsColumnMajorArray();
        foreach (FeedForwardNetwork network in networks)
        {
            int units = network.Layers[^1].Inputs;
            NetworkPass.ForChunks(
                network,
                examples,
                (record, inputs, start) =>
                {
                    float[] output = network.HiddenOutput(inputs, record).AsColumnMajorArray();
                    for (int j = 0; j < record.Samples; j++)
                    {
                        output.AsSpan(j * units, units).CopyTo(target.AsSpan(((start + j) * dimension) + top));
                    }
                }
            );
            top += units;
        }

        return new Features(values, examples.Labels, examples.Classes);
    }
}
