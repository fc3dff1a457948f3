using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// HebbNet (Gupta, Ambikapathi and Ramasamy 2021), as coded for "Learning Dynamics in Competitive Hebbian Learning".
/// Activity counts above a threshold T that follows the mean activity, T ← 0.05·T + 0.95·mean_B(y). Only the fifth of
/// the neurons with the largest steps learn; all of these but the one with the largest step learn with the sign
/// flipped. The constraint rescales rows to unit norm.
/// </summary>
[LearningRule(
    "hebbnet",
    Summary = "thresholded activity; only the fifth of neurons with the largest steps learn; rows of unit norm",
    Family = "competitive Hebbian",
    Source = "Gupta et al. 2021, as coded for Learning Dynamics in Competitive Hebbian Learning",
    Constraint = WeightConstraint.UnitRows,
    SumsOverColumns = true
)]
public sealed class HebbNet(HebbNetOptions options) : LayerwiseRule<RunningMean>
{
    /// <inheritdoc/>
    protected override RunningMean CreateState(DenseLayer layer) => RunningMean.For(layer);

    /// <inheritdoc/>
    protected override void Propose(DenseLayer layer, LayerRecord record, RunningMean state, LayerProposal change)
    {
        ArgumentNullException.ThrowIfNull(state);
        float[] threshold = state.Update(record, options.MeanDecay);
        Matrix<float> above = record.Scratch("above");
        float[] y = record.Output.AsColumnMajorArray(),
            difference = above.AsColumnMajorArray();
        for (int start = 0; start < y.Length; start += threshold.Length)
        {
            TensorPrimitives.Subtract(
                y.AsSpan(start, threshold.Length),
                threshold,
                difference.AsSpan(start, threshold.Length)
            );
        }

        // S = Σ_B (y − T) xᵀ
        Matrix<float> step = change.Weights;
        above.TransposeAndMultiply(record.Normalized, step);

        // ΔW_o = sign_o·S_o. By the norms s_o = ‖S_o‖₂ the sign is 0 below their 0.8-quantile, +1 for the largest and
        // −1 for the rest.
        float[] norms = record.UnitScratch<float>("norms");
        Rows.Norms(step, norms);
        Rows.Scale(step, Signs(norms, record.UnitScratch<float>("signs")));
    }

    /// <param name="norms">s, one value per neuron.</param>
    /// <param name="signs">Overwritten and returned.</param>
    private float[] Signs(float[] norms, float[] signs)
    {
        norms.CopyTo(signs, 0);
        float quantile = ArrayStatistics.QuantileCustomInplace(signs, options.Sparsity, QuantileDefinition.R7);
        int largest = TensorPrimitives.IndexOfMax<float>(norms);
        for (int o = 0; o < signs.Length; o++)
        {
            signs[o] =
                norms[o] < quantile ? 0f
                : o == largest || !options.AntiHebbian ? 1f
                : -1f;
        }

        return signs;
    }
}

/// <summary>Options of <see cref="HebbNet"/>.</summary>
public sealed record HebbNetOptions
{
    [RuleOption("share of neurons that do not learn from a batch", Minimum = 0, Maximum = 1)]
    public double Sparsity { get; init; } = 0.8;

    [RuleOption(
        "weight of the past in the activity threshold; the code keeps 0.05 of it, a slow mean would keep 0.95",
        Minimum = 0,
        Maximum = 1
    )]
    public double MeanDecay { get; init; } = 0.05;

    [RuleOption("whether all learning neurons but the one with the largest step learn with the sign flipped")]
    public bool AntiHebbian { get; init; } = true;
}
