using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// An unsupervised rule that changes each hidden layer using only that layer's own weights, input and output. A derived
/// class states only its equation.
/// </summary>
public abstract class LayerwiseRule : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public Locality Locality => Locality.Layer;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(proposal);
        for (int l = 0; l < LearningLayers(step.Network); l++)
        {
            Propose(step.Network.Layers[l], step.Forward.Layers[l], proposal.For(l));
        }
    }

    /// <summary>
    /// The number of layers that learn, counted from the first layer. By default these are the hidden layers.
    /// </summary>
    protected virtual int LearningLayers(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.HiddenLayers;
    }

    /// <summary>Writes the change of one layer's weights.</summary>
    /// <param name="layer">The layer. The rule may read it but not change it.</param>
    /// <param name="record">The record of the layer's forward pass on the batch.</param>
    /// <param name="change">The change per unit of learning rate, which the rule must write completely.</param>
    protected abstract void Propose(DenseLayer layer, LayerRecord record, LayerProposal change);
}

/// <summary>
/// A <see cref="LayerwiseRule"/> that has a state for each hidden layer, which it keeps between batches.
/// </summary>
/// <typeparam name="TState">The state of one layer. System.Text.Json must be able to write it and read it
/// back.</typeparam>
public abstract class LayerwiseRule<TState> : LearningRule<TState[]>
    where TState : class
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public override Locality Locality => Locality.Layer;

    /// <inheritdoc/>
    protected override TState[] CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. network.Layers.Take(network.HiddenLayers).Select(CreateState)];
    }

    /// <summary>Creates the state of one hidden layer before the first batch.</summary>
    protected abstract TState CreateState(DenseLayer layer);

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, TState[] state, Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(proposal);
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            Propose(step.Network.Layers[l], step.Forward.Layers[l], state[l], proposal.For(l));
        }
    }

    /// <inheritdoc cref="LayerwiseRule.Propose(DenseLayer, LayerRecord, LayerProposal)"/>
    /// <param name="state">The layer's state, which the rule may change.</param>
    protected abstract void Propose(DenseLayer layer, LayerRecord record, TState state, LayerProposal change);
}
