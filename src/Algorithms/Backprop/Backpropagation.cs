using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Backprop;

/// <summary>
/// Gradient descent on the whole network (Rumelhart, Hinton and Williams 1986), the reference for every other rule.
/// With δ the negative gradient of the mean loss with respect to a layer's pre-activations, the layer's weights change
/// by δ·n(x)ᵀ and its biases by Σ_B δ; Wᵀδ is passed down to the layer below.
/// </summary>
[LearningRule(
    "backprop",
    Summary = "gradient descent through all layers",
    Family = "backpropagation",
    Source = "Rumelhart, Hinton and Williams 1986",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Initialization = Initialization.He
)]
public sealed class Backpropagation(BackpropagationOptions options) : ILearningRule
{
    // Smaller probabilities count as this value in the reported loss only, so that the loss stays finite. The gradient
    // never divides by a probability.
    private const double SmallestProbability = 1e-30;

    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (options.Loss == Loss.CrossEntropy && network.Layers[^1].Activation is not Softmax)
        {
            throw new ArgumentException(
                $"loss cross-entropy needs a softmax output layer, this network's is {network.Layers[^1].Activation}; "
                    + "use --output softmax or leave out --set loss"
            );
        }

        return null;
    }

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        Matrix<float> delta = OutputDelta(step, proposal);
        for (int l = records.Count - 1; ; l--)
        {
            LayerProposal change = proposal.For(l);
            delta.TransposeAndMultiply(records[l].Normalized, change.Weights);
            ColumnSum.Compute(delta, change.Bias.AsArray());
            if (l == 0)
            {
                return;
            }

            Matrix<float> below = records[l - 1].Scratch("delta");
            step.Network.Layers[l].PullBack(records[l], delta, below);
            step.Network.Layers[l - 1].Activation.PullBack(records[l - 1].PreActivation, records[l - 1].Output, below);
            delta = below;
        }
    }

    private Matrix<float> OutputDelta(LearningStep step, Proposal proposal)
    {
        LayerRecord record = step.Forward.Layers[^1];
        Matrix<float> targets =
            step.Targets ?? throw new InvalidOperationException("Backpropagation was handed no targets.");
        Matrix<float> delta = record.Scratch("delta");
        float[] y = record.Output.AsColumnMajorArray(),
            t = targets.AsColumnMajorArray(),
            d = delta.AsColumnMajorArray();
        float samples = step.Forward.Samples;
        bool isCrossEntropy =
            options.Loss == Loss.CrossEntropy
            || (options.Loss == Loss.Matched && step.Network.Layers[^1].Activation is Softmax);
        double loss = 0;
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = (t[i] - y[i]) / samples;
            loss +=
                !isCrossEntropy ? 0.5 * (t[i] - y[i]) * (t[i] - y[i])
                : t[i] == 0f ? 0
                : -t[i] * Math.Log(Math.Max(y[i], SmallestProbability));
        }

        proposal.Loss = loss / samples;

        // Softmax and cross-entropy together have the gradient y − t with respect to the pre-activations, so the
        // gradient has already passed the softmax.
        if (!isCrossEntropy)
        {
            step.Network.Layers[^1].Activation.PullBack(record.PreActivation, record.Output, delta);
        }

        return delta;
    }
}

/// <summary>Options of <see cref="Backpropagation"/>.</summary>
public sealed record BackpropagationOptions
{
    [RuleOption(
        "the loss to descend, averaged over the batch; matched: cross-entropy for a softmax output layer, else squared "
            + "error"
    )]
    public Loss Loss { get; init; } = Loss.Matched;
}

/// <summary>The loss that backpropagation descends; t is the one-hot target and y the network's output.</summary>
public enum Loss
{
    /// <summary>
    /// The loss that matches the output layer: cross-entropy for softmax, squared error for all other activations.
    /// </summary>
    Matched,

    /// <summary>−Σ t log y, for a softmax output layer.</summary>
    CrossEntropy,

    /// <summary>½‖y − t‖².</summary>
    SquaredError,
}
