using ScottPlot;
using ScottPlot.MultiplotLayouts;
using SkiaSharp;

namespace Reproduction.Figures;

/// <summary>
/// Draws a figure onto a canvas: its title, one legend, the panels, and the caption below. Lengths are pixels of 1/96
/// inch.
/// </summary>
internal sealed class FigureDrawing : IDisposable
{
    private const float Margin = 16;
    private const double SharedMargin = 0.02;
    private const float TitleSize = 15;
    private const float LegendSize = 10.5f;
    private const float NoteSize = 11;
    private const float LineHeight = 1.4f;
    private const float UsualWidth = 300;
    private const float UsualHeight = 255;
    private const float RowHeight = 18;
    private const float RowsPlotWidth = 250;
    private const float BesideRowTexts = 45;
    private const float HeightBesideRows = 85;

    private readonly Figure figure;
    private readonly IReadOnlyList<Plot> plots;
    private readonly Plot legend = new();
    private readonly float legendHeight;
    private readonly IReadOnlyList<string> title;
    private readonly IReadOnlyList<string> note;
    private readonly Grid grid;
    private readonly PixelRect panels;

    static FigureDrawing() => InterTypeface.Use();

    public FigureDrawing(Figure figure)
    {
        // A panel without data is left out; of a figure without any, its texts are drawn.
        this.figure = figure = figure with { Panels = [.. figure.Panels.Where(PanelPlot.HasData)] };
        int columns = Math.Clamp(figure.Panels.Count, 1, figure.Columns),
            rows = (figure.Panels.Count + columns - 1) / columns;
        grid = new Grid(rows, columns);
        float width = figure.Panels.Select(WidthOf).DefaultIfEmpty(UsualWidth).Max(),
            height = figure.Panels.Select(HeightOf).DefaultIfEmpty(0).Max();

        // A figure of one panel is as wide as its caption needs to be read.
        Width = (2 * Margin) + Math.Max(columns * width, columns == 1 ? 1.5f * UsualWidth : 0);
        float inner = Width - (2 * Margin);
        title = TextLines.Wrap(figure.Title, inner, TitleSize, isBold: true);
        note = TextLines.Wrap(figure.Footer, inner, NoteSize, isBold: false);
        plots = [.. figure.Panels.Select(PanelPlot.Of)];
        AddLegend();
        using Paint paint = Paint.NewDisposablePaint();
        legendHeight = legend.Legend.ManualItems.Count == 0 ? 0 : LegendSizeIn(inner, paint);
        float top = Margin + (title.Count * TitleSize * LineHeight) + legendHeight;
        panels = new PixelRect(Margin, Margin + inner, top + (rows * height), top);
        Height = panels.Bottom + 8 + (note.Count * NoteSize * LineHeight) + Margin;
        if (figure.HasEqualRanges)
        {
            EqualRanges();
        }

        for (int i = 0; i < plots.Count; i++)
        {
            PanelPlot.Finish(plots[i], figure.Panels[i]);
        }
    }

    /// <summary>The width of the figure.</summary>
    public float Width { get; }

    /// <summary>The height of the figure.</summary>
    public float Height { get; }

    /// <summary>Draws the figure; the canvas is white or clear.</summary>
    public void Draw(SKCanvas canvas)
    {
        using Paint paint = Paint.NewDisposablePaint();
        for (int line = 0; line < title.Count; line++)
        {
            TextLines.Render(
                canvas,
                paint,
                title[line],
                Margin,
                Margin + ((line + 0.5f) * TitleSize * LineHeight),
                TitleSize,
                isBold: true
            );
        }

        if (legendHeight > 0)
        {
            PixelRect place = new(panels.Left, panels.Right, panels.Top, panels.Top - legendHeight);
            legend.Legend.Render(canvas, paint, place, Alignment.UpperLeft);
        }

        SubplotCollection all = new();
        foreach (Plot plot in plots)
        {
            all.Add(plot);
        }

        PixelRect[] places = grid.GetSubplotRectangles(all, panels);
        for (int i = 0; i < plots.Count; i++)
        {
            // A Multiplot would clear the canvas.
            PixelRect place = places[i].WithOffset(new PixelOffset(panels.Left, panels.Top));
            plots[i].RenderManager.ClearCanvasBeforeEachRender = false;

            // The first rendering settles the layout by drawing all twice.
            using SKNoDrawCanvas nowhere = new((int)Width, (int)Height);
            plots[i].Render(nowhere, place);
            plots[i].Render(canvas, place);
        }

        for (int line = 0; line < note.Count; line++)
        {
            TextLines.Render(
                canvas,
                paint,
                note[line],
                Margin,
                panels.Bottom + 8 + ((line + 0.5f) * NoteSize * LineHeight),
                NoteSize,
                isBold: false
            );
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        legend.Dispose();
        foreach (Plot plot in plots)
        {
            plot.Dispose();
        }
    }

    private static float WidthOf(Panel panel)
    {
        (string Label, string Text)[] rows = panel switch
        {
            DumbbellPanel pairs => [.. pairs.Rows.Select(row => (row.Label, row.Text))],
            _ => [],
        };
        float Widest(IEnumerable<string> texts) =>
            texts.Max(text => TextLines.WidthOf(text, PanelPlot.TickSize, isBold: false));
        return rows.Length == 0
            ? UsualWidth
            : RowsPlotWidth
                + BesideRowTexts
                + Widest(rows.Select(row => row.Label))
                + Widest(rows.Select(row => row.Text));
    }

    private static float HeightOf(Panel panel) =>
        panel switch
        {
            DumbbellPanel pairs => (pairs.Rows.Count * RowHeight * 1.2f) + HeightBesideRows,
            _ => UsualHeight,
        };

    /// <summary>Every series once, whatever number of panels it is in.</summary>
    private void AddLegend()
    {
        foreach (
            (string label, SeriesStyle style, bool hasLine) in figure
                .Panels.SelectMany(PanelPlot.Series)
                .DistinctBy(series => (series.Label, series.Style))
        )
        {
            legend.Legend.ManualItems.Add(
                new LegendItem
                {
                    LabelText = InterTypeface.Drawable(label),
                    MarkerStyle = new MarkerStyle(MarkerShape.FilledCircle, PanelPlot.MarkerSize)
                    {
                        CustomRenderer = new LegendSymbol(style, hasLine),
                    },
                }
            );
        }

        Legend own = legend.Legend;
        own.FontName = InterTypeface.Name;
        own.FontSize = LegendSize;
        own.FontColor = Color.FromHex(SeriesStyles.Ink);
        own.Orientation = Orientation.Horizontal;
        own.TightHorizontalWrapping = true;
        own.OutlineWidth = 0;
        own.BackgroundColor = Colors.Transparent;
        own.ShadowColor = Colors.Transparent;
        own.Margin = new PixelPadding(0);
        own.Padding = new PixelPadding(0, 0, 2, 4);
        own.SymbolWidth = 26;
    }

    private float LegendSizeIn(float width, Paint paint) =>
        legend.Legend.GetLayout(new PixelSize(width, 10_000), paint).LegendRect.Height;

    /// <summary>Gives axes of the same name the same range.</summary>
    private void EqualRanges()
    {
        (Panel Panel, Plot Plot)[] all = [.. figure.Panels.Zip(plots)];
        foreach (
            IGrouping<string, Plot> same in from pair in all
            let name = XLabelOf(pair.Panel)
            where name is not null
            group pair.Plot by name
        )
        {
            AxisLimits[] limits = [.. same.Select(plot => plot.Axes.GetLimits())];
            double left = limits.Min(limit => limit.Left),
                right = limits.Max(limit => limit.Right),
                // The margin that a panel has by itself may be too small for a marker at the edge of a wider range.
                room = limits.Length > 1 ? SharedMargin * (right - left) : 0;
            foreach (Plot plot in same)
            {
                plot.Axes.SetLimitsX(left - room, right + room);
            }
        }

        foreach (
            IGrouping<(string, bool), Plot> same in from pair in all
            let lines = pair.Panel as LinePanel
            where lines is not null
            group pair.Plot by (lines.YLabel, lines.IsLogarithmic)
        )
        {
            AxisLimits[] limits = [.. same.Select(plot => plot.Axes.GetLimits())];
            foreach (Plot plot in same)
            {
                plot.Axes.SetLimitsY(limits.Min(limit => limit.Bottom), limits.Max(limit => limit.Top));
            }
        }
    }

    /// <summary>The name of an x axis that other panels may have too; null for none.</summary>
    private static string? XLabelOf(Panel panel) =>
        panel switch
        {
            LinePanel lines => lines.XLabel,
            DumbbellPanel pairs => pairs.XLabel,
            _ => null,
        };
}
