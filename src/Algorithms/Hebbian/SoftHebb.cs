using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// SoftHebb (Journé et al. 2022; Moraitis et al. 2022), as coded for "Learning Dynamics in Competitive Hebbian
/// Learning". Neurons compete softly for each sample: the winner learns and all others unlearn, each in proportion to
/// its share of the softmax.
/// </summary>
[LearningRule(
    "softhebb",
    Summary = "soft winner-take-all with anti-Hebbian losers and weight decay by activity",
    Family = "competitive Hebbian",
    Source = "Journé et al. 2022, as coded for Learning Dynamics in Competitive Hebbian Learning"
)]
public sealed class SoftHebb(SoftHebbOptions options) : LayerwiseRule
{
    /// <inheritdoc/>
    protected override int LearningLayers(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return options.TrainOutput ? network.Layers.Count : network.HiddenLayers;
    }

    /// <inheritdoc/>
    protected override void Propose(DenseLayer layer, LayerRecord record, LayerProposal change)
    {
        // a = softmax(y/T) over the neurons, negated for all but the winner; ΔW_oi = mean_B( a_o (x_i − u_o W_oi) )
        Matrix<float> activity = SoftWinner.Take(record, options.Temperature);
        DecayingStep.Write(layer, record, activity, record.PreActivation, change);
    }
}

/// <summary>Options of <see cref="SoftHebb"/>.</summary>
public sealed record SoftHebbOptions
{
    [RuleOption("softmax temperature T", Minimum = 0, IsMinimumExcluded = true)]
    public double Temperature { get; init; } = 1;

    [RuleOption("whether the output layer learns too, as in the paper's code")]
    public bool TrainOutput { get; init; } = true;
}
