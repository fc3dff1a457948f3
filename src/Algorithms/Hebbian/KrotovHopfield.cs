using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Krotov and Hopfield (2019): I_o = Σ_i |W_oi|^(p−1) sign(W_oi) x_i; g_o is 1 for the largest I, −Δ for the k-th
/// largest, else 0;
/// ΔW_oi = mean_B( g_o (x_i − I_o W_oi) ), divided by its largest entry. Rows are drawn to norm 1 in the p-norm. In a
/// layer of fewer than k neurons none unlearns.
/// </summary>
[LearningRule(
    "krotov-hopfield",
    Summary = "the neuron with the largest drive learns, the k-th unlearns, rows drawn to norm 1",
    Family = "competitive Hebbian",
    Source = "Krotov and Hopfield 2019, equations 3 and 10, and their notebook",
    LearningRate = 0.02,
    Batch = 100
)]
public sealed class KrotovHopfield(KrotovHopfieldOptions options) : ILearningRule
{
    // The notebook's: a step whose largest entry is below it is divided by it instead.
    private const float SmallestScale = 1e-30f;

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
            Matrix<float> weights = step.Network.Layers[l].Weights,
                change = proposal.For(l).Weights;
            Drive(weights, record, change);
            Compete(record);
            record.Scratch.Multiply(1f / step.Forward.Samples, record.Scratch);
            DecayingStep.Write(record, record.SecondScratch, weights, change);
            if (options.ScaleStep)
            {
                float largest = MathF.Abs(TensorPrimitives.MaxMagnitude<float>(change.AsColumnMajorArray()));
                change.Multiply(1f / MathF.Max(largest, SmallestScale), change);
            }
        }
    }

    /// <summary>I of every sample, in the layer's second scratch.</summary>
    /// <param name="room">Outputs × inputs, overwritten.</param>
    private void Drive(Matrix<float> weights, LayerRecord record, Matrix<float> room)
    {
        if (options.Norm != 2)
        {
            float[] w = weights.AsColumnMajorArray(),
                powers = room.AsColumnMajorArray();
            for (int i = 0; i < w.Length; i++)
            {
                powers[i] = MathF.CopySign(MathF.Pow(MathF.Abs(w[i]), (float)options.Norm - 1), w[i]);
            }

            weights = room;
        }

        weights.Multiply(record.Normalized, record.SecondScratch);
    }

    /// <summary>g of every sample, in the layer's scratch, from I in its second.</summary>
    private void Compete(LayerRecord record)
    {
        float[] drive = record.SecondScratch.AsColumnMajorArray(),
            g = record.Scratch.AsColumnMajorArray(),
            sorted = record.UnitScratch;
        Span<int> order = MemoryMarshal.Cast<float, int>(record.SecondUnitScratch.AsSpan());
        int units = sorted.Length;
        Array.Clear(g);
        for (int start = 0; start < g.Length; start += units)
        {
            for (int o = 0; o < units; o++)
            {
                (order[o], sorted[o]) = (o, drive[start + o]);
            }

            sorted.AsSpan().Sort(order);
            g[start + order[^1]] = 1f;
            if (options.Rank <= units)
            {
                g[start + order[^options.Rank]] = -(float)options.AntiHebbian;
            }
        }
    }
}
