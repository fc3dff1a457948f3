using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// ΔW_oi = Σ_B a_o (x_i − u_o W_oi): Hebbian growth along the input, and decay that keeps weights from growing without
/// end. The sum over the batch factors into
/// aᵀx − diag(Σ_B a∘u)·W, so no B×o×i array is formed.
/// </summary>
internal static class DecayingStep
{
    /// <summary>Writes the step.</summary>
    /// <param name="record">The layer's pass: a, units × samples, is its <see cref="LayerRecord.Scratch"/>; x, inputs ×
    /// samples, its <see cref="LayerRecord.Normalized"/>.</param>
    /// <param name="drive">u, units × samples: what decay is proportional to besides a.</param>
    /// <param name="weights">W, units × inputs.</param>
    /// <param name="change">ΔW, overwritten.</param>
    public static void Write(LayerRecord record, Matrix<float> drive, Matrix<float> weights, Matrix<float> change)
    {
        float[] a = record.Scratch.AsColumnMajorArray(),
            u = drive.AsColumnMajorArray(),
            decay = record.UnitScratch;
        int units = decay.Length;
        Array.Clear(decay);
        for (int start = 0; start < a.Length; start += units)
        {
            TensorPrimitives.MultiplyAdd(a.AsSpan(start, units), u.AsSpan(start, units), decay, decay);
        }

        record.Scratch.TransposeAndMultiply(record.Normalized, change);
        TensorPrimitives.Negate(decay, decay);
        Rows.AddScaled(change, decay, weights);
    }
}
