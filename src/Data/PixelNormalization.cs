using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

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
    public Matrix<float> Apply(ReadOnlyMemory<byte> pixels, ImageShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        int plane = shape.Height * shape.Width,
            samples = pixels.Length / shape.Size;
        float[] values = GC.AllocateUninitializedArray<float>(samples * shape.Size),
            table = new float[256 * shape.Channels];
        for (int i = 0; i < table.Length; i++)
        {
            int k = Mean.Count == 1 ? 0 : i / 256;
            table[i] = (float)(((i % 256 / 255.0) - Mean[k]) / Deviation[k]);
        }

        ComputeThreads.ForRanges(
            samples * shape.Channels,
            1,
            values.Length >= ComputeThreads.LeastValues,
            (start, end) =>
            {
                for (int i = start; i < end; i++)
                {
                    ReadOnlySpan<float> own = table.AsSpan(i % shape.Channels * 256, 256);
                    ReadOnlySpan<byte> from = pixels.Span.Slice(i * plane, plane);
                    Span<float> to = values.AsSpan(i * plane, plane);
                    for (int p = 0; p < from.Length; p++)
                    {
                        to[p] = own[from[p]];
                    }
                }
            }
        );
        return Matrix<float>.Build.Dense(shape.Size, samples, values);
    }
}
