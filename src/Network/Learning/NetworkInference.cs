using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// A network with the rule that trains it: how its activity comes about. For most rules that is the forward pass; an
/// <see cref="IInferringRule"/> has inference of its own.
/// </summary>
public sealed class NetworkInference
{
    private readonly IInferringRule? inferring;

    /// <param name="parameters">The rule's parameters for this network.</param>
    /// <exception cref="ArgumentException">The rule has inference of its own, and the network has dropout or batch
    /// normalisation.</exception>
    public NetworkInference(FeedForwardNetwork network, ILearningRule rule, RuleParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(parameters);
        (Network, Rule, Parameters) = (network, rule, parameters);
        inferring = rule as IInferringRule;
        if (
            inferring is not null
            && network.Layers.Any(layer => layer.Dropout > 0 || layer.Normalization == Normalization.Batch)
        )
        {
            throw new ArgumentException(
                "infers its activity itself, without dropout and batch normalisation; use --dropout 0 and "
                    + "another --norm"
            );
        }
    }

    public FeedForwardNetwork Network { get; }

    public ILearningRule Rule { get; }

    /// <summary>The rule's own parameters.</summary>
    public RuleParameters Parameters { get; }

    /// <summary>Whether the rule replaces the forward pass by inference of its own.</summary>
    public bool IsOwn => inferring is not null;

    /// <summary>Computes the activity of all layers.</summary>
    /// <param name="input">Inputs × samples.</param>
    /// <param name="record">Made by the network for the same number of samples; overwritten.</param>
    /// <param name="dropout">The stream of a training pass; null for an evaluation pass.</param>
    public void Settle(Matrix<float> input, ForwardRecord record, RandomStream? dropout = null)
    {
        if (inferring is null)
        {
            Network.Forward(input, record, dropout);
        }
        else
        {
            inferring.Settle(Network, Parameters, input, record);
        }
    }

    /// <summary>Computes the activity of one of the first layers.</summary>
    /// <param name="layers">How many layers, from 0 to the number of hidden layers.</param>
    /// <returns>The activity of the last of these layers, units × samples; the input if there is none.</returns>
    public Matrix<float> HiddenOutput(Matrix<float> input, ForwardRecord record, int layers)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (inferring is null || layers == 0)
        {
            return Network.HiddenOutput(input, record, layers);
        }

        Settle(input, record);
        return record.Layers[layers - 1].Output;
    }

    /// <summary>Computes the network's outputs: the scores of classes, or real numbers.</summary>
    /// <param name="scores">Outputs × samples; overwritten.</param>
    public void Score(Matrix<float> input, ForwardRecord record, Matrix<float> scores)
    {
        ArgumentNullException.ThrowIfNull(record);
        Settle(input, record);
        if (inferring is null)
        {
            record.Output.CopyTo(scores);
        }
        else
        {
            inferring.Score(Network, Parameters, input, record, scores);
        }
    }
}
