using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// HebbNet (Gupta, Ambikapathi and Ramasamy 2021) as the paper codes it: T ← 0.05·T + 0.95·mean_B(y); S = (y − T)ᵀx
/// summed over the batch;
/// rows whose norm s_o = ‖S_o‖₂ lies below the 0.8-quantile of s get no update; of the others all but the row with the
/// largest s_o are
/// sign-flipped; ΔW = sign·S; rows are rescaled to unit norm by the constraint.
/// </summary>
[LearningRule(
    "hebbnet",
    Summary = "thresholded activity; only the fifth of neurons with the largest steps learn; unit rows",
    Family = "competitive Hebbian",
    Source = "Gupta et al. 2021, as coded for Learning Dynamics in Competitive Hebbian Learning",
    Constraint = WeightConstraint.UnitRows
)]
public sealed class HebbNet(HebbNetOptions options) : LearningRule<RunningMeans>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public override Locality Locality => Locality.Layer;

    /// <inheritdoc/>
    protected override RunningMeans CreateState(FeedForwardNetwork network) => RunningMeans.For(network);

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, RunningMeans state, Proposal proposal)
    {
        for (int l = 0; l < step.Network.HiddenLayers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            float[] threshold = state.Update(l, record, options.MeanDecay);
            float[] y = record.Output.AsColumnMajorArray(),
                difference = record.Scratch.AsColumnMajorArray();
            for (int start = 0; start < y.Length; start += threshold.Length)
            {
                TensorPrimitives.Subtract(
                    y.AsSpan(start, threshold.Length),
                    threshold,
                    difference.AsSpan(start, threshold.Length)
                );
            }

            // S = Σ_B (y − T) xᵀ
            Matrix<float> change = proposal.For(l).Weights;
            record.Scratch.TransposeAndMultiply(record.Normalized, change);
            Rows.Norms(change, record.UnitScratch);
            Rows.Scale(change, Signs(record.UnitScratch, record.SecondUnitScratch));
        }
    }

    /// <summary>0 below the quantile; +1 for the largest norm; −1 for the rest.</summary>
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
