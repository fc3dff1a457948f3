namespace Reproduction.Data;

/// <summary>A published data set of images.</summary>
public abstract class PublishedImages : PublishedDataSet
{
    /// <summary>The normalisation with the data set's own constants.</summary>
    public required PixelNormalization Normalization { get; init; }
}
