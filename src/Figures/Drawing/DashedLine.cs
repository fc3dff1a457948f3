using ScottPlot;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>
/// A line cut into dashes. Skia's SVG has no line patterns, so that the dashes are lines of their own in every file.
/// </summary>
/// <param name="dash">The length of a dash, in pixels.</param>
/// <param name="gap">The length of the gap after it, in pixels.</param>
internal sealed class DashedLine(float dash, float gap) : IPathStrategy
{
    /// <summary>Returns the dashes of a line; null for a line that has none.</summary>
    public static DashedLine? Of(SeriesLine line) =>
        line switch
        {
            SeriesLine.Dashed => new DashedLine(7, 4),
            SeriesLine.Dotted => new DashedLine(2, 3),
            _ => null,
        };

    /// <inheritdoc/>
    public SKPath GetPath(IEnumerable<Pixel> pixels)
    {
        using SKPath whole = new();
        whole.AddPoly([.. pixels.Select(pixel => pixel.ToSKPoint())], close: false);
        using SKPathMeasure measure = new(whole);
        SKPath dashes = new();
        for (float at = 0; at < measure.Length; at += dash + gap)
        {
            measure.GetSegment(at, Math.Min(at + dash, measure.Length), dashes, startWithMoveTo: true);
        }

        return dashes;
    }
}
