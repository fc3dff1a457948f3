using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Hebb (1949): what fires together wires together. Nothing in the rule limits growth, so the constraint rescales rows
/// to unit norm. Nothing in it makes neurons differ.
/// </summary>
[LearningRule(
    "hebb",
    Summary = "activity times input; rows of unit norm",
    Family = "competitive Hebbian",
    Source = "Hebb 1949",
    Constraint = WeightConstraint.UnitRows
)]
public sealed class Hebb : LayerwiseRule
{
    /// <inheritdoc/>
    protected override void Propose(DenseLayer layer, LayerRecord record, LayerProposal change)
    {
        // ΔW_oi = mean_B( y_o x_i )
        change.SetProduct(record.Output, record.Normalized);
        change.Scale(1f / record.Columns);
    }
}
