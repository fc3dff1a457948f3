using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// ΔW_oi = Σ_B a_o (x_i − u_o W_oi): Hebbian growth along the input, and decay that keeps weights from growing without end. The sum over the batch factors into
/// aᵀx − diag(Σ_B a∘u)·W, so no B×o×i array is formed.
/// </summary>
internal static class DecayingStep
{
    /// <summary>Writes the step.</summary>
    /// <param name="activity">a, units × samples.</param>
    /// <param name="drive">u, units × samples: what decay is proportional to besides a.</param>
    /// <param name="input">x, inputs × samples.</param>
    /// <param name="weights">W, units × inputs.</param>
    /// <param name="change">ΔW, overwritten.</param>
    public static void Write(Matrix<float> activity, Matrix<float> drive, Matrix<float> input, Matrix<float> weights, Matrix<float> change)
    {
        int units = activity.RowCount;
        float[] a = activity.AsColumnMajorArray(), u = drive.AsColumnMajorArray(), decay = new float[units];
        for (int start = 0; start < a.Length; start += units)
        {
            TensorPrimitives.MultiplyAdd(a.AsSpan(start, units), u.AsSpan(start, units), decay, decay);
        }

        activity.TransposeAndMultiply(input, change);
        TensorPrimitives.Negate(decay, decay);
        Rows.AddScaled(change, decay, weights);
    }
}
