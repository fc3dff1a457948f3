using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Data;

/// <summary>x = (p/255 − mean)/deviation for a byte p, channel by channel.</summary>
/// <param name="Mean">Of pixels scaled to [0, 1], one a channel.</param>
/// <param name="Deviation">Of pixels scaled to [0, 1], one a channel.</param>
public sealed record PixelNormalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>MNIST's usual constants.</summary>
    public static PixelNormalization Mnist { get; } = new([0.1307], [0.3081]);

    /// <summary>
    /// Of these pixels themselves, channel by channel; a channel without any contrast keeps its scale.
    /// </summary>
    public static PixelNormalization Of(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        // Whole numbers, so that a channel of one value has a deviation of 0 and not of what rounding leaves.
        int plane = shape.Height * shape.Width;
        long[] sums = new long[shape.Channels],
            squares = new long[shape.Channels];
        for (int i = 0; i < pixels.Length; i++)
        {
            int channel = i / plane % shape.Channels;
            sums[channel] += pixels[i];
            squares[channel] += pixels[i] * pixels[i];
        }

        double count = pixels.Length / (double)shape.Channels;
        double Deviation(int channel) =>
            Math.Sqrt((double)(((Int128)squares[channel] * (long)count) - ((Int128)sums[channel] * sums[channel])))
            / count
            / 255;
        return new PixelNormalization(
            [.. sums.Select(sum => sum / count / 255)],
            [
                .. Enumerable
                    .Range(0, shape.Channels)
                    .Select(channel => Deviation(channel) is > 0 and var deviation ? deviation : 1),
            ]
        );
    }

    /// <summary>
    /// Pixels of consecutive images to a features × samples matrix. A single mean and deviation holds for all channels.
    /// </summary>
    public Matrix<float> Apply(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        int plane = shape.Height * shape.Width;
        float[] values = new float[pixels.Length];
        Span<float> table = stackalloc float[256];
        for (int channel = 0; channel < shape.Channels; channel++)
        {
            int k = Mean.Count == 1 ? 0 : channel;
            for (int p = 0; p < table.Length; p++)
            {
                table[p] = (float)(((p / 255.0) - Mean[k]) / Deviation[k]);
            }

            for (int start = channel * plane; start < values.Length; start += shape.Size)
            {
                for (int i = start; i < start + plane; i++)
                {
                    values[i] = table[pixels[i]];
                }
            }
        }

        return Matrix<float>.Build.Dense(shape.Size, pixels.Length / shape.Size, values);
    }
}
