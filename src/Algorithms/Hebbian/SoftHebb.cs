using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// SoftHebb (Journé et al. 2022; Moraitis et al. 2022) as the paper codes it: a = softmax(y/T) over the neurons, all but the winner's negated;
/// ΔW_oi = mean_B( a_o (x_i − u_o W_oi) ). The sum over the batch factors into aᵀx/B − diag(mean_B(a∘u))·W, so no B×o×i array is formed.
/// </summary>
[LearningRule(
    "softhebb",
    Summary = "soft winner-take-all with anti-Hebbian losers and weight decay by activity",
    Family = "competitive Hebbian",
    Source = "Journé et al. 2022, as coded for Learning Dynamics in Competitive Hebbian Learning")]
public sealed class SoftHebb(SoftHebbOptions options) : ILearningRule
{
    private const int ParallelThreshold = 1 << 17;

    /// <inheritdoc/>
    public Supervision Supervision => Supervision.None;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        int layers = options.TrainOutput ? step.Network.Layers.Count : step.Network.HiddenLayers;
        for (int l = 0; l < layers; l++)
        {
            LayerRecord record = step.Forward.Layers[l];
            Matrix<float> change = proposal.For(l).Weights;
            float[] decay = Activities(record);
            record.Scratch.TransposeAndMultiply(record.Normalized, change);
            SubtractScaledRows(change, decay, step.Network.Layers[l].Weights);
        }
    }

    /// <summary>Fills the scratch matrix with a/B and returns mean_B(a∘u).</summary>
    private float[] Activities(LayerRecord record)
    {
        int units = record.Output.RowCount, samples = record.Output.ColumnCount;
        float[] y = record.Output.AsColumnMajorArray(), u = record.PreActivation.AsColumnMajorArray(), a = record.Scratch.AsColumnMajorArray();
        float[] decay = new float[units];
        for (int start = 0; start < a.Length; start += units)
        {
            Span<float> sample = a.AsSpan(start, units);
            Softmax.Apply(y.AsSpan(start, units), (float)options.Temperature, sample);
            int winner = TensorPrimitives.IndexOfMax<float>(sample);
            float winning = sample[winner];
            TensorPrimitives.Multiply(sample, -1f / samples, sample);
            sample[winner] = winning / samples;
            TensorPrimitives.MultiplyAdd(sample, u.AsSpan(start, units), decay, decay);
        }

        return decay;
    }

    /// <summary>P_oi ← P_oi − c_o W_oi.</summary>
    private static void SubtractScaledRows(Matrix<float> proposal, float[] scale, Matrix<float> weights)
    {
        float[] p = proposal.AsColumnMajorArray(), w = weights.AsColumnMajorArray();
        int rows = scale.Length;
        TensorPrimitives.Negate(scale, scale);
        ComputeThreads.ForRanges(weights.ColumnCount, 1, p.Length >= ParallelThreshold, (start, end) =>
        {
            for (int column = start; column < end; column++)
            {
                Span<float> target = p.AsSpan(column * rows, rows);
                TensorPrimitives.MultiplyAdd(w.AsSpan(column * rows, rows), scale, target, target);
            }
        });
    }
}
