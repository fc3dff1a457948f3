namespace Reproduction.Data;

/// <summary>How pictures become samples.</summary>
/// <param name="Size">Height and width that pictures are resized to; null to take them as they are.</param>
/// <param name="Background">What lies behind transparent pixels, as #RRGGBB.</param>
public sealed record PictureOptions((int Height, int Width)? Size, string Background)
{
    /// <summary>White behind transparent pixels, and no picture resized.</summary>
    public static PictureOptions Default { get; } = new(null, "#FFFFFF");
}
