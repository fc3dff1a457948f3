using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Data;

/// <summary>x = (p/255 − mean)/deviation for a byte p.</summary>
/// <param name="Mean">Of pixels scaled to [0, 1].</param>
/// <param name="Deviation">Of pixels scaled to [0, 1].</param>
public sealed record PixelNormalization(double Mean, double Deviation)
{
    /// <summary>MNIST's usual constants; the paper takes them for all its data.</summary>
    public static PixelNormalization Mnist { get; } = new(0.1307, 0.3081);

    /// <summary>Pixels of consecutive images to a features × samples matrix.</summary>
    public Matrix<float> Apply(ReadOnlySpan<byte> pixels, int features)
    {
        Span<float> table = stackalloc float[256];
        for (int p = 0; p < table.Length; p++)
        {
            table[p] = (float)(((p / 255.0) - Mean) / Deviation);
        }

        float[] values = new float[pixels.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = table[pixels[i]];
        }

        return Matrix<float>.Build.Dense(features, pixels.Length / features, values);
    }
}
