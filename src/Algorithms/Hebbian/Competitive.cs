using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// The rule proposed by "Learning Dynamics in Competitive Hebbian Learning". A neuron competes with its activity above
/// its own running mean:
/// m ← 0.95·m + 0.05·mean_B(y); a = softmax((y − m)/T) over the neurons; a masked (<see cref="CompetitiveMask"/>); ΔW =
/// aᵀx, summed over
/// the batch; rows are rescaled to unit norm by the constraint.
/// </summary>
[LearningRule(
    "competitive",
    Summary = "winner learns; activity is taken above each neuron's running mean; unit rows",
    Family = "competitive Hebbian",
    Source = "Liuson, Learning Dynamics in Competitive Hebbian Learning (own rule)",
    Constraint = WeightConstraint.UnitRows
)]
public sealed class Competitive(CompetitiveOptions options) : LearningRule<RunningMeans>
{
    private readonly CompetitiveOptions options = options;

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
            float[] mean = state.Update(l, record, options.MeanDecay);
            Matrix<float> activity = record.Scratch;
            Samples.ForEach(
                activity,
                (rule: this, y: record.Output.AsColumnMajorArray(), mean),
                static (work, start, a) =>
                {
                    TensorPrimitives.Subtract(work.y.AsSpan(start, a.Length), work.mean, a);
                    Softmax.Apply(a, (float)work.rule.options.Temperature, a);
                    work.rule.Mask(a);
                }
            );

            // ΔW = Σ_B a xᵀ
            activity.TransposeAndMultiply(record.Normalized, proposal.For(l).Weights);
        }
    }

    private void Mask(Span<float> a)
    {
        int winner = TensorPrimitives.IndexOfMax<float>(a);
        float winning = a[winner],
            threshold = 1f / a.Length;
        switch (options.Mask)
        {
            case CompetitiveMask.AsCoded:
                a.Clear();
                winning = winning > threshold ? winning : 0f;
                break;
            case CompetitiveMask.AsPrinted:
                NegateWhere(a, static (value, threshold) => value <= threshold, threshold);
                break;
            default:
                NegateWhere(a, static (value, threshold) => value > threshold, threshold);
                break;
        }

        a[winner] = winning;
    }

    /// <summary>Negates the values that satisfy the condition and sets the others to 0.</summary>
    private static void NegateWhere(Span<float> values, Func<float, float, bool> condition, float threshold)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = condition(values[i], threshold) ? -values[i] : 0f;
        }
    }
}
