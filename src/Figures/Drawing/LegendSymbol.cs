using ScottPlot;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>A series in the legend: a piece of its line, with its marker on it.</summary>
/// <param name="style">The series' style.</param>
/// <param name="hasLine">Whether its points are connected.</param>
internal sealed class LegendSymbol(SeriesStyle style, bool hasLine) : IMarker
{
    private const float HalfWidth = 13;

    /// <inheritdoc/>
    public void Render(SKCanvas canvas, Paint paint, Pixel center, float size, MarkerStyle markerStyle)
    {
        Color colour = Color.FromHex(style.Colour);
        if (hasLine)
        {
            Pixel[] ends = [new(center.X - HalfWidth, center.Y), new(center.X + HalfWidth, center.Y)];
            LineStyle line = new(PanelPlot.LineWidth, colour);
            if (DashedLine.Of(style.Line) is { } dashes)
            {
                using SKPath pieces = dashes.GetPath(ends);
                ScottPlot.Drawing.DrawLines(canvas, paint, pieces, line);
            }
            else
            {
                ScottPlot.Drawing.DrawLine(canvas, paint, ends[0], ends[1], line);
            }
        }

        PanelPlot.MarkerOf(style, colour, size).Render(canvas, center, paint);
    }
}
