using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Oja (1982). The decay keeps a row at unit norm. A linear neuron converges to the first principal component of its
/// inputs, taken about 0 and not about their mean. Neurons do not interact, so all converge to the same component.
/// </summary>
[LearningRule(
    "oja",
    Summary = "Hebb's rule with the decay that keeps a row at unit norm",
    Family = "competitive Hebbian",
    Source = "Oja 1982, equation 3",
    LearningRate = 0.001,
    Initialization = Initialization.Xavier
)]
public sealed class Oja : LayerwiseRule
{
    /// <inheritdoc/>
    protected override void Propose(DenseLayer layer, LayerRecord record, LayerProposal change)
    {
        // ΔW_oi = mean_B( y_o (x_i − y_o W_oi) )
        Matrix<float> activity = record.Scratch("activity");
        record.Output.Multiply(1f / record.Columns, activity);
        DecayingStep.Write(layer, record, activity, record.Output, change);
    }
}
