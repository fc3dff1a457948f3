using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>f(u)_o = exp(u_o) / Σ_k exp(u_k), over the units of one sample.</summary>
public sealed class Softmax : Activation
{
    /// <inheritdoc/>
    public override string Name => "softmax";

    /// <summary>
    /// Computes the softmax of values/T for one sample. The maximum is subtracted first, so that exp cannot overflow.
    /// </summary>
    /// <param name="values">One value per unit.</param>
    /// <param name="temperature">T &gt; 0.</param>
    /// <param name="output">Overwritten; may be <paramref name="values"/> itself.</param>
    public static void Apply(ReadOnlySpan<float> values, float temperature, Span<float> output)
    {
        TensorPrimitives.Subtract(values, TensorPrimitives.Max(values), output);
        if (temperature != 1f)
        {
            TensorPrimitives.Divide(output, temperature, output);
        }

        TensorPrimitives.Exp(output, output);
        double sum = 0;
        foreach (float value in output)
        {
            sum += value;
        }

        TensorPrimitives.Multiply(output, (float)(1.0 / sum), output);
    }

    /// <inheritdoc/>
    public override void Apply(Matrix<float> preActivation, Matrix<float> output)
    {
        int units = preActivation.RowCount;
        float[] u = preActivation.AsColumnMajorArray(),
            y = output.AsColumnMajorArray();
        for (int start = 0; start < u.Length; start += units)
        {
            Apply(u.AsSpan(start, units), 1f, y.AsSpan(start, units));
        }
    }

    /// <summary>∂L/∂u_o = y_o (∂L/∂y_o − Σ_k y_k ∂L/∂y_k).</summary>
    public override void PullBack(Matrix<float> preActivation, Matrix<float> output, Matrix<float> gradient)
    {
        int units = output.RowCount;
        float[] values = output.AsColumnMajorArray(),
            gradients = gradient.AsColumnMajorArray();
        for (int start = 0; start < values.Length; start += units)
        {
            ReadOnlySpan<float> y = values.AsSpan(start, units);
            Span<float> g = gradients.AsSpan(start, units);
            double weighted = 0;
            for (int o = 0; o < units; o++)
            {
                weighted += (double)y[o] * g[o];
            }

            for (int o = 0; o < units; o++)
            {
                g[o] = y[o] * (g[o] - (float)weighted);
            }
        }
    }
}
