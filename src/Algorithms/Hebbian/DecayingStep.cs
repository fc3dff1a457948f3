using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// ΔW_oi = Σ_B a_o (x_i − u_o W_oi): Hebbian growth along the input, with a decay that bounds the weights.
/// </summary>
internal static class DecayingStep
{
    /// <summary>Computes ΔW for one layer.</summary>
    /// <param name="layer">The layer, whose weights are W, units × inputs.</param>
    /// <param name="record">The layer's record; x is its <see cref="LayerRecord.Normalized"/>, inputs ×
    /// samples.</param>
    /// <param name="activity">a, units × samples.</param>
    /// <param name="drive">u, units × samples. The decay is proportional to a and u.</param>
    /// <param name="change">Receives ΔW.</param>
    public static void Write(
        DenseLayer layer,
        LayerRecord record,
        Matrix<float> activity,
        Matrix<float> drive,
        LayerProposal change
    )
    {
        float[] a = activity.AsColumnMajorArray(),
            u = drive.AsColumnMajorArray(),
            decay = record.UnitScratch<float>("decay");
        int units = decay.Length;

        // The sum over the batch factors into aᵀx − diag(Σ_B a∘u)·W, so no array of batch × units × inputs is formed.
        Array.Clear(decay);
        for (int start = 0; start < a.Length; start += units)
        {
            TensorPrimitives.MultiplyAdd(a.AsSpan(start, units), u.AsSpan(start, units), decay, decay);
        }

        change.SetProduct(activity, record.Normalized);
        TensorPrimitives.Negate(decay, decay);
        change.AddScaledRows(decay, layer.Weights);
    }
}
