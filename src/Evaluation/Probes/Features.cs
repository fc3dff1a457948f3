using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// The features that a probe reads: a hidden layer's activity on every sample, without dropout.
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
    /// Computes the features that the first layers of a network give. Those of several networks are stacked in order.
    /// Without a layer they are the inputs themselves.
    /// </summary>
    /// <param name="networks">Networks of the same layers.</param>
    /// <param name="layers">How many layers, from 0 to the number of hidden layers.</param>
    public static Features Of(IReadOnlyList<NetworkInference> networks, Examples examples, int layers)
    {
        if (layers == 0)
        {
            return new Features(examples.Inputs, examples.Labels, examples.Classes);
        }

        int dimension = networks.Sum(own => own.Network.Layers[layers].Inputs),
            top = 0;
        Matrix<float> values = Matrix<float>.Build.Dense(dimension, examples.Count);
        float[] target = values.AsColumnMajorArray();
        foreach (NetworkInference inference in networks)
        {
            FeedForwardNetwork network = inference.Network;
            int units = network.Layers[layers].Inputs;
            NetworkPass.ForChunks(
                network,
                examples,
                (record, inputs, start) =>
                {
                    float[] output = inference.HiddenOutput(inputs, record, layers).AsColumnMajorArray();
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
