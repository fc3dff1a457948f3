using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Oja (1982): ΔW_oi = mean_B( y_o (x_i − y_o W_oi) ). The decay is that of unit norm: a linear neuron turns to the
/// first principal component of its inputs (about 0, not about their mean).
/// Neurons do not see each other, so all turn to the same.
/// </summary>
[LearningRule(
    "oja",
    Summary = "Hebb's rule with the decay that keeps a row at unit norm",
    Family = "competitive Hebbian",
    Source = "Oja 1982, equation 3",
    LearningRate = 0.001,
    Initialization = Initialization.Xavier
)]
public sealed class Oja : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public Locality Locality => Locality.Layer;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            record.Output.Multiply(1f / step.Forward.Samples, record.Scratch);
            DecayingStep.Write(record, record.Output, step.Network.Layers[l].Weights, proposal.For(l).Weights);
        }
    }
}
