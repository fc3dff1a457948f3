using System.Globalization;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// A change to a trained network's hidden weights that shows where its probe accuracy comes from: <c>shuffled</c>
/// permutes each neuron's weights over its inputs (same distribution, no structure); <c>reinit:P</c> redraws the first
/// P·n neurons of each hidden layer of n neurons.
/// </summary>
public sealed class WeightControl
{
    /// <summary>The control that leaves the weights as training left them.</summary>
    public const string None = RunSpec.NoControl;

    /// <summary>The control that permutes each neuron's weights over its inputs.</summary>
    public const string Shuffled = "shuffled";

    private const string ReinitPrefix = "reinit:";

    private readonly bool isShuffled;
    private readonly double reinitialized;

    private WeightControl(bool isShuffled, double reinitialized)
    {
        this.isShuffled = isShuffled;
        this.reinitialized = reinitialized;
    }

    /// <summary>Returns the name of the control that redraws a fraction of the neurons, in [0, 1].</summary>
    public static string Reinit(double fraction) => ReinitPrefix + RunJson.Number(fraction);

    /// <summary>Returns the control with this name.</summary>
    /// <exception cref="SpecificationException">There is no control with this name.</exception>
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

    /// <summary>Applies the control to the hidden layers.</summary>
    /// <param name="initialization">The initialization from which neurons are redrawn.</param>
    /// <param name="scale">What redrawn weights are multiplied by.</param>
    public void Apply(FeedForwardNetwork network, Initialization initialization, double scale, RandomStream random)
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
                fresh.Weights.Multiply((float)scale, fresh.Weights);
                layer.Weights.SetSubMatrix(0, 0, fresh.Weights.SubMatrix(0, count, 0, layer.Inputs));
                layer.Bias.SetSubVector(0, count, fresh.Bias);
            }
        }
    }
}
