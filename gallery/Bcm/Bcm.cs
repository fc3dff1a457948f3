using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Gallery.Bcm;

/// <summary>
/// The rule of Bienenstock, Cooper and Munro with the sliding threshold of Intrator and Cooper: ΔW_oi = mean over the
/// batch of y_o (y_o − θ_o) x_i, where θ_o follows the mean of y_o². Rows are rescaled to norm 1, which replaces the
/// decay of the weights.
/// </summary>
[LearningRule(
    "bcm",
    Summary = "units learn what drives them above a threshold that follows their activity, and unlearn the rest",
    Family = "Hebbian",
    Source = "Bienenstock, Cooper and Munro 1982; Intrator and Cooper 1992, eq. 2.6",
    LearningRate = 0.0001,
    Constraint = WeightConstraint.UnitRows,
    Initialization = Initialization.Xavier
)]
public sealed class Bcm(BcmOptions options) : LayerwiseRule<BcmState>
{
    /// <inheritdoc/>
    protected override BcmState CreateState(DenseLayer layer) => new() { Thresholds = new float[layer.Outputs] };

    /// <inheritdoc/>
    protected override void Propose(DenseLayer layer, LayerRecord record, BcmState state, LayerProposal change)
    {
        Matrix<float> pull = record.Scratch("pull");
        float[] y = record.Output.AsColumnMajorArray(),
            p = pull.AsColumnMajorArray(),
            squares = record.UnitScratch<float>("squares");
        Array.Clear(squares);
        for (int start = 0; start < y.Length; start += squares.Length)
        {
            ReadOnlySpan<float> own = y.AsSpan(start, squares.Length);
            TensorPrimitives.MultiplyAdd(own, own, squares, squares);
        }

        // θ ← θ + r (mean of y² − θ); the first batch sets it.
        for (int o = 0; o < squares.Length; o++)
        {
            float mean = squares[o] / record.Columns;
            state.Thresholds[o] += state.HasBegun ? (float)options.ThresholdRate * (mean - state.Thresholds[o]) : mean;
        }

        state.HasBegun = true;

        // ΔW = (y ⊙ (y − θ)) xᵀ / columns
        for (int start = 0; start < y.Length; start += squares.Length)
        {
            ReadOnlySpan<float> own = y.AsSpan(start, squares.Length);
            Span<float> target = p.AsSpan(start, squares.Length);
            TensorPrimitives.Subtract(own, state.Thresholds, target);
            TensorPrimitives.Multiply(target, own, target);
            TensorPrimitives.Divide(target, record.Columns, target);
        }

        change.SetProduct(pull, record.Normalized);
    }
}

/// <summary>Options of <see cref="Bcm"/>.</summary>
public sealed record BcmOptions
{
    [RuleOption("share of a batch in the threshold", Minimum = 0, Maximum = 1)]
    public double ThresholdRate { get; init; } = 0.1;
}

/// <summary>The state of one layer.</summary>
public sealed class BcmState
{
    /// <summary>θ, one value per unit.</summary>
    public required float[] Thresholds { get; init; }

    /// <summary>Whether the first batch has set the thresholds.</summary>
    public bool HasBegun { get; set; }
}
