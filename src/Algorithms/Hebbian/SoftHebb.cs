using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// SoftHebb (Journé et al. 2022; Moraitis et al. 2022) as the paper codes it: a = softmax(y/T) over the neurons, all
/// but the winner's negated;
/// ΔW_oi = mean_B( a_o (x_i − u_o W_oi) ).
/// </summary>
[LearningRule(
    "softhebb",
    Summary = "soft winner-take-all with anti-Hebbian losers and weight decay by activity",
    Family = "competitive Hebbian",
    Source = "Journé et al. 2022, as coded for Learning Dynamics in Competitive Hebbian Learning"
)]
public sealed class SoftHebb(SoftHebbOptions options) : ILearningRule
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
        int layers = options.TrainOutput ? step.Network.Layers.Count : step.Network.HiddenLayers;
        for (int l = 0; l < layers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            SoftWinner.Take(record, options.Temperature);
            DecayingStep.Write(record, record.PreActivation, step.Network.Layers[l].Weights, proposal.For(l).Weights);
        }
    }
}
