using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>
/// f(u)_o = max(u_o − mean_o(u), 0), the mean over the units of one sample (Coates, Ng and Lee 2011).
/// </summary>
public sealed class Triangle : Activation
{
    /// <inheritdoc/>
    public override string Name => "triangle";

    /// <inheritdoc/>
    public override void Apply(Matrix<float> preActivation, Matrix<float> output)
    {
        int units = preActivation.RowCount;
        float[] source = preActivation.AsColumnMajorArray(),
            target = output.AsColumnMajorArray();
        for (int start = 0; start < source.Length; start += units)
        {
            ReadOnlySpan<float> u = source.AsSpan(start, units);
            Span<float> y = target.AsSpan(start, units);
            float mean = Mean(u);
            for (int o = 0; o < units; o++)
            {
                y[o] = Math.Max(u[o] - mean, 0f);
            }
        }
    }

    /// <inheritdoc/>
    public override void PullBack(Matrix<float> preActivation, Matrix<float> output, Matrix<float> gradient)
    {
        int units = output.RowCount;
        float[] values = output.AsColumnMajorArray(),
            gradients = gradient.AsColumnMajorArray();
        for (int start = 0; start < values.Length; start += units)
        {
            ReadOnlySpan<float> y = values.AsSpan(start, units);
            Span<float> g = gradients.AsSpan(start, units);
            for (int o = 0; o < units; o++)
            {
                g[o] = y[o] > 0f ? g[o] : 0f;
            }

            // The mean of u carries the gradient of every active unit to all units.
            float mean = Mean(g);
            for (int o = 0; o < units; o++)
            {
                g[o] -= mean;
            }
        }
    }

    // Summed in double precision and in order, so that the bits do not depend on the vector width.
    private static float Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
        {
            sum += value;
        }

        return (float)(sum / values.Length);
    }
}
