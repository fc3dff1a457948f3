using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>
/// Normalises each sample over its units: x̂ = (x − mean(x)) / √(var(x) + ε) (Ba, Kiros and Hinton 2016). There is no
/// gain or bias, because the dense layer that follows can express both.
/// </summary>
public static class LayerNormalization
{
    /// <summary>ε, added to the (biased) variance.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>Normalises each column of <paramref name="input"/> into <paramref name="output"/>.</summary>
    public static void Apply(Matrix<float> input, Matrix<float> output)
    {
        int units = input.RowCount;
        float[] source = input.AsColumnMajorArray(),
            target = output.AsColumnMajorArray();
        for (int start = 0; start < source.Length; start += units)
        {
            ReadOnlySpan<float> x = source.AsSpan(start, units);
            Span<float> normalized = target.AsSpan(start, units);
            (double mean, double inverseDeviation) = Moments(x);
            for (int i = 0; i < units; i++)
            {
                normalized[i] = (float)((x[i] - mean) * inverseDeviation);
            }
        }
    }

    /// <summary>
    /// Computes ∂L/∂x = (g − mean(g) − x̂·mean(g∘x̂)) / √(var + ε) with g = ∂L/∂x̂ and means over a sample's units.
    /// </summary>
    /// <param name="input">x, units × samples.</param>
    /// <param name="normalized">x̂, units × samples.</param>
    /// <param name="gradient">∂L/∂x̂ on entry, ∂L/∂x on return.</param>
    public static void PullBack(Matrix<float> input, Matrix<float> normalized, Matrix<float> gradient)
    {
        int units = input.RowCount;
        float[] inputs = input.AsColumnMajorArray(),
            outputs = normalized.AsColumnMajorArray(),
            gradients = gradient.AsColumnMajorArray();
        for (int start = 0; start < inputs.Length; start += units)
        {
            (_, double inverseDeviation) = Moments(inputs.AsSpan(start, units));
            ReadOnlySpan<float> hat = outputs.AsSpan(start, units);
            Span<float> g = gradients.AsSpan(start, units);
            double sum = 0,
                weighted = 0;
            for (int i = 0; i < units; i++)
            {
                sum += g[i];
                weighted += (double)g[i] * hat[i];
            }

            for (int i = 0; i < units; i++)
            {
                g[i] = (float)((g[i] - (sum / units) - (hat[i] * weighted / units)) * inverseDeviation);
            }
        }
    }

    /// <summary>
    /// Computes ∂L/∂x with mean and deviation held constant: each sample's gradient is divided by its deviation.
    /// </summary>
    /// <param name="input">x, units × samples.</param>
    /// <param name="gradient">∂L/∂x̂ on entry, ∂L/∂x on return.</param>
    public static void Scale(Matrix<float> input, Matrix<float> gradient)
    {
        int units = input.RowCount;
        float[] inputs = input.AsColumnMajorArray(),
            gradients = gradient.AsColumnMajorArray();
        for (int start = 0; start < inputs.Length; start += units)
        {
            (_, double inverseDeviation) = Moments(inputs.AsSpan(start, units));
            foreach (ref float g in gradients.AsSpan(start, units))
            {
                g = (float)(g * inverseDeviation);
            }
        }
    }

    private static (double Mean, double InverseDeviation) Moments(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float value in x)
        {
            sum += value;
        }

        double mean = sum / x.Length,
            squares = 0;
        foreach (float value in x)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, 1.0 / Math.Sqrt((squares / x.Length) + Epsilon));
    }
}
