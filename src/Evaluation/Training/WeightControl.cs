using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// What is done to a trained network's hidden weights to tell what of its probe accuracy is due to what:
/// <c>shuffled</c> permutes each neuron's
/// weights over its inputs (same distribution, no structure); <c>reinit:P</c> draws the first P·n neurons anew.
/// </summary>
public sealed class WeightControl
{
    /// <summary>Leaves the weights as training left them.</summary>
    public const string None = "none";

    /// <summary>Permutes each neuron's weights.</summary>
    public const string Shuffled = "shuffled";

    private const string ReinitPrefix = "reinit:";

    private readonly bool isShuffled;
    private readonly double reinitialized;

    private WeightControl(bool isShuffled, double reinitialized)
    {
        this.isShuffled = isShuffled;
        this.reinitialized = reinitialized;
    }

    /// <summary>The name of drawing a fraction of the neurons anew.</summary>
    public static string Reinit(double fraction) => ReinitPrefix + RunJson.Number(fraction);

    /// <summary>The control of that name.</summary>
    /// <exception cref="SpecificationException">There is none.</exception>
    public static WeightControl Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        double fraction = 0;
        bool isReinit =
            name.StartsWith(ReinitPrefix, StringComparison.Ordinal)
            && double.TryParse(
                name[ReinitPrefix.Length..],
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out fraction
            )
            && fraction is >= 0 and <= 1;
        return isReinit || name is None or Shuffled
            ? new WeightControl(name == Shuffled, fraction)
            : throw new SpecificationException(
                $"--control {name}: {None}, {Shuffled} or {ReinitPrefix}P with P from 0 to 1"
            );
    }

    /// <summary>Changes the hidden layers.</summary>
    /// <param name="initialization">What neurons are drawn from.</param>
    public void Apply(FeedForwardNetwork network, Initialization initialization, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(network);
        for (int l = 0; l < network.HiddenLayers; l++)
        {
            DenseLayer layer = network.Layers[l];
            if (isShuffled)
            {
                for (int neuron = 0; neuron < layer.Outputs; neuron++)
                {
                    int[] order = Combinatorics.GeneratePermutation(layer.Inputs, random);
                    Vector<float> row = layer.Weights.Row(neuron);
                    layer.Weights.SetRow(neuron, [.. order.Select(input => row[input])]);
                }
            }

            int count = (int)Math.Round(reinitialized * layer.Outputs);
            if (count > 0)
            {
                DenseLayer fresh = new(layer.Inputs, layer.Outputs, layer.Activation);
                fresh.Draw(LayerInitialization.Of(initialization, l), random);
                layer.Weights.SetSubMatrix(0, 0, fresh.Weights.SubMatrix(0, count, 0, layer.Inputs));
                layer.Bias.SetSubVector(0, count, fresh.Bias);
            }
        }
    }
}
