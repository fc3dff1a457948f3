using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Hebb (1949): what fires together wires together, ΔW_oi = mean_B( y_o x_i ). Nothing in it ends growth, so rows are
/// rescaled to unit norm by the constraint; nothing makes neurons differ.
/// </summary>
[LearningRule(
    "hebb",
    Summary = "activity times input, unit rows",
    Family = "competitive Hebbian",
    Source = "Hebb 1949",
    Constraint = WeightConstraint.UnitRows
)]
public sealed class Hebb : ILearningRule
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
            Matrix<float> change = proposal.For(l).Weights;
            record.Output.TransposeAndMultiply(record.Normalized, change);
            change.Multiply(1f / step.Forward.Samples, change);
        }
    }
}
