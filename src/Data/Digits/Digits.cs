using System.Security.Cryptography;
using Reproduction.Numerics;

namespace Reproduction.Data;

/// <summary>
/// The embedded data set: 60,000 training and 10,000 test images of drawn digits, 28×28 pixels, the same on every
/// machine. It stands in for MNIST if neither files nor a network are available. It is not MNIST, and every figure made
/// from it says so.
/// </summary>
/// <remarks>
/// Each image is drawn from the pen strokes of a digit, which are bent by a smooth random displacement, mapped by a
/// random affine map and drawn with a pen of random width. All arithmetic is +, −, ×, ÷ and √ in double precision,
/// which every processor rounds alike.
/// </remarks>
public static class Digits
{
    public const string Id = "digits";

    public const string Title = "embedded digits";

    /// <summary>Rows and columns of an image.</summary>
    public const int Size = 28;

    private const int TrainingCount = 60_000;
    private const int TestCount = 10_000;
    private const long Seed = 1998;

    /// <summary>Draws the whole data set, which takes about a second.</summary>
    public static DataSet Generate()
    {
        Dictionary<string, string> checksums = [];
        LabelledImages training = Draw("train", TrainingCount, checksums),
            test = Draw("test", TestCount, checksums);
        return DataSet.Of(
            Id,
            Title,
            new ImageShape(1, Size, Size),
            10,
            training,
            test,
            PixelNormalization.Mnist,
            checksums
        );
    }

    /// <summary>Draws one image.</summary>
    /// <param name="random">The random stream that decides everything but the digit.</param>
    /// <param name="digit">The digit, 0 to 9.</param>
    /// <param name="pixels">Size·Size bytes, row by row, overwritten.</param>
    public static void Draw(RandomStream random, int digit, Span<byte> pixels) =>
        new DigitPen(random).Draw(digit, pixels);

    private static LabelledImages Draw(string split, int count, Dictionary<string, string> checksums)
    {
        byte[] pixels = new byte[count * Size * Size],
            labels = new byte[count];
        ComputeThreads.ForRanges(
            count,
            256,
            worthwhile: true,
            (start, end) =>
            {
                for (int i = start; i < end; i++)
                {
                    // Each image has its own stream, so the data set does not depend on how many threads draw it.
                    RandomStream random = RandomStream.Create(Seed, $"{Id}/{split}/{i}");
                    labels[i] = (byte)random.Next(10);
                    Draw(random, labels[i], pixels.AsSpan(i * Size * Size, Size * Size));
                }
            }
        );

        checksums[$"{split}-images"] = Convert.ToHexStringLower(SHA256.HashData(pixels));
        checksums[$"{split}-labels"] = Convert.ToHexStringLower(SHA256.HashData(labels));
        return new LabelledImages(pixels, [.. labels.Select(label => (int)label)]);
    }
}
