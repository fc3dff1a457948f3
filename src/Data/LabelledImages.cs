namespace Reproduction.Data;

/// <summary>Images as bytes with their classes, as files hold them.</summary>
/// <param name="Pixels">Image after image, each channel by channel and row by row.</param>
/// <param name="Labels">One class index an image.</param>
public sealed record LabelledImages(byte[] Pixels, int[] Labels)
{
    /// <summary>Ready for a network.</summary>
    public Examples ToExamples(PixelNormalization normalization, ImageShape shape, int classes)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        return new Examples(normalization.Apply(Pixels, shape), Labels, classes);
    }
}
