namespace Reproduction.Data;

/// <summary>Images as bytes with their class labels, as files store them.</summary>
/// <param name="Pixels">Image after image, each channel by channel and row by row.</param>
/// <param name="Labels">One class index per image.</param>
public sealed record LabelledImages(byte[] Pixels, int[] Labels)
{
    /// <summary>Returns the images as samples ready for a network.</summary>
    public Examples ToExamples(PixelNormalization normalization, ImageShape shape, int classes)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        return new Examples(normalization.Apply(Pixels, shape), Labels, classes);
    }
}
