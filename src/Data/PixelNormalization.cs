using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Data;

/// <summary>Normalises a byte p as x = (p/255 − mean)/deviation, channel by channel.</summary>
/// <param name="Mean">Mean of pixels scaled to [0, 1], one value per channel.</param>
/// <param name="Deviation">Standard deviation of pixels scaled to [0, 1], one value per channel.</param>
public sealed record PixelNormalization(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>MNIST's usual constants.</summary>
    public static PixelNormalization Mnist { get; } = new([0.1307], [0.3081]);

    /// <summary>
    /// Computes the normalisation from the pixels themselves, channel by channel; a channel without any contrast keeps
    /// its scale.
    /// </summary>
    public static PixelNormalization Of(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        // The sums are whole numbers, so that a channel of one value has a deviation of exactly 0, not a rounding
        // error.
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
    /// Normalises the pixels of consecutive images to a features × samples matrix. A single mean and deviation applies
    /// to all channels.
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
