using System.Text;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>
/// Draws figures as PNG at twice the size of the SVG. ScottPlot draws the plots, in the same layout as the SVG writer.
/// </summary>
public sealed class ScottPlotFigureWriter : IFigureWriter
{
    private const float Scale = 2;

    private static readonly Color Grid = Color.FromHex("#d9d9d9");
    private static readonly Color Ink = Color.FromHex("#222222");

    // A font with the character widths that the layout assumes, if the machine has one.
    private static readonly string FontName =
        new[] { "Helvetica", "Arial", "Liberation Sans" }.FirstOrDefault(SKFontManager.Default.FontFamilies.Contains)
        ?? Fonts.Default;

    // The fallback fonts, sorted by name so that every start gives the same order. Skia's own search finds nothing
    // without fontconfig.
    private static readonly Lazy<SKTypeface[]> Others = new(() =>
        [
            .. SKFontManager
                .Default.FontFamilies.Order(StringComparer.Ordinal)
                .Select(family => SKTypeface.FromFamilyName(family)),
        ]
    );

    /// <inheritdoc/>
    public string Extension => ".png";

    /// <inheritdoc/>
    public byte[] Draw(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        FigureLayout layout = new(figure);
        using SKSurface surface = SKSurface.Create(
            new SKImageInfo((int)Math.Ceiling(layout.Width * Scale), (int)Math.Ceiling(layout.Height * Scale))
        );
        SKCanvas canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale(Scale);
        Text(canvas, layout.Title, figure.Title, FigureLayout.TitleSize, SKTextAlign.Center, isBold: true);
        for (int i = 0; i < figure.Panels.Count; i++)
        {
            (double x, double y) = layout.Origin(i);
            canvas.Save();
            canvas.ResetMatrix();
            canvas.Translate((float)Math.Round(x * Scale), (float)Math.Round(y * Scale));
            DrawPanel(canvas, figure.Panels[i], layout);
            Text(
                canvas,
                layout.PanelTitle,
                figure.Panels[i].Title,
                FigureLayout.PanelTitleSize,
                SKTextAlign.Center,
                isBold: true
            );
            canvas.Restore();
        }

        for (int line = 0; line < layout.Note.Count; line++)
        {
            Text(canvas, layout.NoteLine(line), layout.Note[line], FigureLayout.NoteSize);
        }

        using SKImage image = surface.Snapshot();
        using SKData png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
        return png.ToArray();
    }

    private static void DrawPanel(SKCanvas canvas, Panel panel, FigureLayout figure)
    {
        using Plot plot = panel switch
        {
            LinePanel lines => Lines(lines, PlotLayout.Of(lines, figure)),
            ScatterPanel points => Points(points, PlotLayout.Of(points, figure)),
            IntervalPanel intervals => Intervals(intervals, new IntervalLayout(intervals, figure)),
            ImagePanel images => Tiles(images, new TileLayout(images, figure), figure),
            _ => throw new ArgumentException(
                $"The ScottPlot writer cannot draw a {panel.GetType().Name}.",
                nameof(panel)
            ),
        };

        // The plot is drawn on its own surface, because ScottPlot may render more than once until its layout is
        // settled, and clears the surface in between.
        using SKSurface own = SKSurface.Create(
            new SKImageInfo((int)Math.Ceiling(figure.PanelWidth * Scale), (int)Math.Ceiling(figure.PanelHeight * Scale))
        );
        own.Canvas.Scale(Scale);
        plot.Render(own.Canvas, new PixelRect(0, (float)figure.PanelWidth, (float)figure.PanelHeight, 0));
        canvas.DrawSurface(own, 0, 0);
        canvas.Scale(Scale);
        switch (panel)
        {
            case LinePanel lines:
                Texts(canvas, PlotLayout.Of(lines, figure));
                break;
            case ScatterPanel points:
                Texts(canvas, PlotLayout.Of(points, figure));
                break;
            case IntervalPanel intervals:
                Texts(canvas, intervals, new IntervalLayout(intervals, figure));
                break;
        }
    }

    private static Plot Lines(LinePanel panel, PlotLayout layout)
    {
        Plot plot = WithAxes(layout);
        foreach (Curve curve in panel.Curves.Where(curve => curve.X.Count > 0))
        {
            Color colour = Color.FromHex(Palette.Hex(curve.Colour));
            double[] x = [.. curve.X];
            double[] Heights(IReadOnlyList<double> values) => [.. values.Select(layout.Y.Measure)];
            if (curve is { Low: { } low, High: { } high })
            {
                ScottPlot.Plottables.FillY band = plot.Add.FillY(x, Heights(low), Heights(high));
                band.FillColor = colour.WithAlpha(0.2);
                band.LineWidth = 0;
                band.MarkerSize = 0;
            }

            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(x, Heights(curve.Y));
            line.Color = colour;
            line.LineWidth = 1.8f;
        }

        return plot;
    }

    private static Plot Points(ScatterPanel panel, PlotLayout layout)
    {
        Plot plot = WithAxes(layout);
        foreach (PointSeries series in panel.Points)
        {
            ScottPlot.Plottables.Scatter points = plot.Add.ScatterPoints(series.X.ToArray(), series.Y.ToArray());
            points.Color = Color.FromHex(Palette.Hex(series.Colour)).WithAlpha(0.6);
            points.MarkerShape = MarkerShape.FilledCircle;
            points.MarkerSize = 6;
        }

        return plot;
    }

    private static Plot Intervals(IntervalPanel panel, IntervalLayout layout)
    {
        Plot plot = Framed(layout.Left, IntervalLayout.Top, layout.Width, layout.Height);
        plot.Axes.SetLimits(layout.X.Minimum, layout.X.Maximum, panel.Rows.Count - 0.5, -0.5);
        (double Value, string Text)[] ticks = [.. layout.X.Ticks()];
        plot.Axes.Left.FrameLineStyle.IsVisible = false;
        foreach ((double value, _) in ticks)
        {
            plot.Add.VerticalLine(value, 1, value == 0 ? Ink : Grid);
        }

        for (int i = 0; i < panel.Rows.Count; i++)
        {
            IntervalRow row = panel.Rows[i];
            Color colour = Color.FromHex(Palette.Hex(row.Colour));
            ScottPlot.Plottables.LinePlot interval = plot.Add.Line(
                layout.OnAxis(row.Low),
                i,
                layout.OnAxis(row.High),
                i
            );
            interval.Color = colour;
            interval.LineWidth = 2;
            if (layout.OnAxis(row.Value) == row.Value)
            {
                plot.Add.Marker(row.Value, i, MarkerShape.FilledCircle, 7, colour);
            }
        }

        return plot;
    }

    private static Plot Tiles(ImagePanel panel, TileLayout layout, FigureLayout figure)
    {
        Plot plot = new();
        plot.Layout.Frameless();
        plot.HideAxesAndGrid();
        plot.Axes.SetLimits(0, figure.PanelWidth, figure.PanelHeight, 0);
        for (int i = 0; i < panel.Tiles.Count; i++)
        {
            (double x, double y) = layout.Origin(i);
            ImageRect(plot, panel.Tiles[i], new CoordinateRect(x, x + layout.Size, y + layout.Size, y));
        }

        return plot;
    }

    private static void ImageRect(Plot plot, ImageTile tile, CoordinateRect place)
    {
        byte[] levels = TileLayout.Levels(tile);
        byte[,,] pixels = new byte[tile.Height, tile.Width, 3];
        for (int p = 0; p < tile.Height * tile.Width; p++)
        {
            for (int channel = 0; channel < 3; channel++)
            {
                pixels[p / tile.Width, p % tile.Width, channel] = levels[
                    (p * tile.Channels) + (tile.Channels == 3 ? channel : 0)
                ];
            }
        }

        plot.Add.ImageRect(new Image(pixels), place).AntiAlias = false;
    }

    /// <summary>Creates a plot with the axes, ticks and grid of the layout.</summary>
    private static Plot WithAxes(PlotLayout layout)
    {
        Plot plot = Framed(PlotLayout.Left, layout.Top, layout.Width, layout.Height);
        plot.Axes.SetLimits(layout.X.Minimum, layout.X.Maximum, layout.Y.Minimum, layout.Y.Maximum);
        (double Value, string Text)[] ticks = [.. layout.Y.Ticks()];
        foreach ((double value, _) in ticks)
        {
            plot.Add.HorizontalLine(layout.Y.Measure(value), 1, value == 0 && layout.Y.Minimum < 0 ? Ink : Grid);
        }

        return plot;
    }

    private static Plot Framed(double left, double top, double width, double height)
    {
        Plot plot = new();
        plot.Font.Set(FontName);
        plot.HideGrid();
        plot.Layout.Fixed(new PixelRect((float)left, (float)(left + width), (float)(top + height), (float)top));
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.TickGenerator = new EmptyTickGenerator();
            axis.FrameLineStyle.Color = Ink;
        }

        return plot;
    }

    /// <summary>Draws the legend, the ticks and the names of the axes.</summary>
    private static void Texts(SKCanvas canvas, PlotLayout layout)
    {
        using SKPaint mark = new();
        foreach ((string label, int colour, double x, double y) in layout.Legend)
        {
            mark.Color = SKColor.Parse(Palette.Hex(colour));
            canvas.DrawRect((float)x, (float)y - 6, 16, 4, mark);
            Text(canvas, (x + PlotLayout.LabelOffset, y), label, FigureLayout.EntrySize);
        }

        foreach ((double value, string text) in layout.Y.Ticks())
        {
            Text(canvas, layout.YTickAt(value), text, FigureLayout.TickSize, SKTextAlign.Right);
        }

        foreach ((double value, string text) in layout.XTicks)
        {
            Text(canvas, layout.XTickAt(value), text, FigureLayout.TickSize, SKTextAlign.Center);
        }

        Text(canvas, layout.XLabelAt, layout.XLabel, FigureLayout.LabelSize, SKTextAlign.Center);
        canvas.Save();
        canvas.Translate((float)layout.YLabelAt.X, (float)layout.YLabelAt.Y);
        canvas.RotateDegrees(-90);
        Text(canvas, (0, 0), layout.YLabel, FigureLayout.LabelSize, SKTextAlign.Center);
        canvas.Restore();
    }

    /// <summary>
    /// Draws the labels of the rows, the texts that state their conclusions, and arrows for values beyond the axis.
    /// </summary>
    private static void Texts(SKCanvas canvas, IntervalPanel panel, IntervalLayout layout)
    {
        Text(canvas, layout.XLabelAt, panel.XLabel, FigureLayout.LabelSize, SKTextAlign.Center);
        foreach ((double value, string text) in layout.X.Ticks())
        {
            Text(canvas, layout.XTickAt(value), text, FigureLayout.TickSize, SKTextAlign.Center);
        }

        for (int i = 0; i < panel.Rows.Count; i++)
        {
            IntervalRow row = panel.Rows[i];
            Text(canvas, layout.LabelAt(i), row.Label, FigureLayout.EntrySize, SKTextAlign.Right);
            Text(canvas, layout.TextAt(i), row.Text, FigureLayout.EntrySize);
            if (layout.OnAxis(row.Value) != row.Value)
            {
                using SKPath arrow = new();
                arrow.AddPoly([.. layout.Arrow(i, row).Select(point => new SKPoint((float)point.X, (float)point.Y))]);
                using SKPaint paint = new() { Color = SKColor.Parse(Palette.Hex(row.Colour)), IsAntialias = true };
                canvas.DrawPath(arrow, paint);
            }
        }
    }

    /// <summary>
    /// Draws text on its base line. Characters without a glyph in the font are drawn in another font that has one.
    /// </summary>
    private static void Text(
        SKCanvas canvas,
        (double X, double Y) at,
        string text,
        double size,
        SKTextAlign align = SKTextAlign.Left,
        bool isBold = false
    )
    {
        SKTypeface usual = Fonts.GetTypeface(FontName, isBold, italic: false);
        List<(string Text, SKTypeface Typeface)> runs = [];
        foreach (Rune rune in text.EnumerateRunes())
        {
            SKTypeface typeface = usual.ContainsGlyph(rune.Value)
                ? usual
                : Others.Value.FirstOrDefault(other => other.ContainsGlyph(rune.Value)) ?? usual;
            if (runs.Count > 0 && runs[^1].Typeface.FamilyName == typeface.FamilyName)
            {
                runs[^1] = (runs[^1].Text + rune, typeface);
            }
            else
            {
                runs.Add((rune.ToString(), typeface));
            }
        }

        SKFont[] fonts =
        [
            .. runs.Select(run => new SKFont(run.Typeface, (float)size)
            {
                Subpixel = true,
                LinearMetrics = true,
                Hinting = SKFontHinting.None,
            }),
        ];
        float[] widths = [.. runs.Zip(fonts, (run, font) => font.MeasureText(run.Text))];
        float x =
            (float)at.X
            - (
                align switch
                {
                    SKTextAlign.Center => widths.Sum() / 2,
                    SKTextAlign.Right => widths.Sum(),
                    _ => 0,
                }
            );
        using SKPaint paint = new() { Color = Ink.ToSKColor(), IsAntialias = true };
        for (int i = 0; i < runs.Count; i++)
        {
            canvas.DrawText(runs[i].Text, x, (float)at.Y, SKTextAlign.Left, fonts[i], paint);
            x += widths[i];
            fonts[i].Dispose();
        }
    }
}
