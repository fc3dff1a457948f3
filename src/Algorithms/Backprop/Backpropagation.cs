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
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random)
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
        Matrix<float> delta = records[^1].Scratch("delta");
        proposal.Loss = step.Descend(delta, options.Loss);
        for (int l = records.Count - 1; ; l--)
        {
            proposal.For(l).Set(delta, records[l]);
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
