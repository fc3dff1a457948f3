using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace Reproduction.Figures;

/// <summary>Turns a panel into a ScottPlot plot.</summary>
internal static class PanelPlot
{
    public const float PanelTitleSize = 12.5f;
    public const float LabelSize = 11;
    public const float TickSize = 10;

    public const float LineWidth = 1.8f;
    public const float MarkerSize = 6;

    private const float PointSize = 7;
    private const double Margin = 0.05;
    private const double BandOpacity = 0.18;
    private const double PointOpacity = 0.7;

    // Markers on a long curve, so that it can be followed where others lie on it.
    private const int MarkersOfCurve = 7;

    private const string GridColour = "#E3E3E3";

    private static readonly Color Ink = Color.FromHex(SeriesStyles.Ink);

    /// <summary>Returns the plot, with the limits that its own data need.</summary>
    public static Plot Of(Panel panel)
    {
        Plot plot = new();
        plot.Font.Set(InterTypeface.Name);
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Title(InterTypeface.Drawable(panel.Title), PanelTitleSize);
        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Color = Ink;
            axis.TickLabelStyle.FontSize = TickSize;
            axis.TickLabelStyle.ForeColor = Ink;
            axis.Label.FontSize = LabelSize;
            axis.Label.ForeColor = Ink;
            axis.Label.Bold = false;
            axis.MajorTickStyle.Color = Ink;
            axis.MinorTickStyle.Length = 0;
            axis.TickGenerator = AxisText.Linear();
        }

        plot.Axes.Title.Label.ForeColor = Ink;
        plot.Axes.Title.Label.Font = InterTypeface.Bold;
        plot.Grid.MajorLineColor = Color.FromHex(GridColour);
        plot.Axes.Top.FrameLineStyle.IsVisible = false;
        plot.Axes.Right.FrameLineStyle.IsVisible = false;
        plot.Axes.Right.TickGenerator = new EmptyTickGenerator();
        plot.Axes.Right.MinimumSize = 18;
        plot.Axes.Margins(Margin, Margin);
        plot.HideLegend();
        switch (panel)
        {
            case LinePanel lines:
                Draw(plot, lines);
                break;
            case ScatterPanel points:
                Draw(plot, points);
                break;
            case DumbbellPanel pairs:
                Draw(plot, pairs);
                break;
            case ImagePanel images:
                Draw(plot, images);
                break;
            default:
                throw new ArgumentException($"There is no plot of a {panel.GetType().Name}.", nameof(panel));
        }

        return plot;
    }

    /// <summary>Whether there is anything in a panel to draw.</summary>
    public static bool HasData(Panel panel) =>
        panel switch
        {
            LinePanel lines => lines.Curves.Any(curve => curve.X.Count > 0),
            ScatterPanel points => points.Points.Any(series => series.X.Count > 0),
            DumbbellPanel pairs => pairs.Rows.Count > 0,
            ImagePanel images => images.Tiles.Count > 0,
            _ => true,
        };

    /// <summary>The labels and styles of a panel's series.</summary>
    public static IEnumerable<(string Label, SeriesStyle Style, bool HasLine)> Series(Panel panel) =>
        panel switch
        {
            LinePanel lines => lines.Curves.Select(curve => (curve.Label, curve.Style, !lines.IsCategorical)),
            ScatterPanel points => points.Points.Select(series => (series.Label, series.Style, false)),
            _ => [],
        };

    /// <summary>Draws what the limits of an axis decide: logarithmic ticks, and a line at 0.</summary>
    public static void Finish(Plot plot, Panel panel)
    {
        AxisLimits limits = plot.Axes.GetLimits();
        if (panel is LinePanel { IsLogarithmic: true })
        {
            plot.Axes.Left.TickGenerator = AxisText.Logarithmic(limits.Bottom, limits.Top);
        }
        else if (panel is LinePanel && limits.Bottom < 0 && limits.Top > 0)
        {
            plot.MoveToBack(plot.Add.HorizontalLine(0, 1, Ink));
        }
    }

    private static MarkerShape Shape(SeriesMarker marker) =>
        marker switch
        {
            SeriesMarker.Circle => MarkerShape.FilledCircle,
            SeriesMarker.Square => MarkerShape.FilledSquare,
            SeriesMarker.TriangleUp => MarkerShape.FilledTriangleUp,
            SeriesMarker.Diamond => MarkerShape.FilledDiamond,
            SeriesMarker.TriangleDown => MarkerShape.FilledTriangleDown,
            SeriesMarker.Cross => MarkerShape.Eks,
            SeriesMarker.OpenCircle => MarkerShape.OpenCircle,
            SeriesMarker.OpenSquare => MarkerShape.OpenSquare,
            SeriesMarker.OpenTriangleUp => MarkerShape.OpenTriangleUp,
            SeriesMarker.OpenDiamond => MarkerShape.OpenDiamond,
            _ => MarkerShape.OpenTriangleDown,
        };

    /// <summary>The marker of a series in a colour and size.</summary>
    public static MarkerStyle MarkerOf(SeriesStyle style, Color colour, float size) =>
        new(Shape(style.Marker), size, colour) { LineColor = colour, LineWidth = 1.4f };

    private static void Draw(Plot plot, LinePanel panel)
    {
        plot.XLabel(InterTypeface.Drawable(panel.XLabel), LabelSize);
        plot.YLabel(InterTypeface.Drawable(panel.YLabel), LabelSize);
        double[] Heights(IEnumerable<double> values) =>
            [.. values.Select(value => panel.IsLogarithmic ? Math.Log10(value) : value)];
        if (panel.XTicks is { } ticks)
        {
            plot.Axes.Bottom.SetTicks(
                [.. ticks.Select(tick => tick.At)],
                [.. ticks.Select(tick => InterTypeface.Drawable(tick.Text))]
            );
        }

        Curve[] curves = [.. panel.Curves.Where(curve => curve.X.Count > 0)];
        for (int i = 0; i < curves.Length; i++)
        {
            Curve curve = curves[i];
            Color colour = Color.FromHex(curve.Style.Colour);
            double[] y = Heights(curve.Y);
            if (panel.IsCategorical)
            {
                // Series stand side by side within the middle half of their category.
                double aside = curves.Length == 1 ? 0 : ((double)i / (curves.Length - 1) - 0.5) / 2;
                double[] x = [.. curve.X.Select(at => at + aside)];
                if (curve is { Low: { } lows, High: { } highs })
                {
                    AddBars(plot, colour, x, y, Heights(lows), Heights(highs));
                }

                AddMarkers(plot, curve.Style, colour, x, y, PointSize);
                continue;
            }

            double[] at = [.. curve.X];
            if (curve is { Low: { } low, High: { } high })
            {
                FillY band = plot.Add.FillY(at, Heights(low), Heights(high));
                band.FillColor = colour.WithAlpha(BandOpacity);
                band.LineWidth = 0;
                band.MarkerSize = 0;
                plot.MoveToBack(band);
            }

            Scatter line = plot.Add.ScatterLine(at, y);
            line.Color = colour;
            line.LineWidth = LineWidth;
            line.PathStrategy = DashedLine.Of(curve.Style.Line) ?? line.PathStrategy;
            int[] marked = [.. Marked(at.Length, i, curves.Length)];
            AddMarkers(
                plot,
                curve.Style,
                colour,
                [.. marked.Select(point => at[point])],
                [.. marked.Select(point => y[point])],
                MarkerSize
            );
        }

        plot.Axes.AutoScale();
        if (panel.IsCategorical && panel.XTicks is { Count: > 0 } categories)
        {
            plot.Axes.SetLimitsX(categories[0].At - 0.5, categories[^1].At + 0.5);
        }
    }

    private static void Draw(Plot plot, ScatterPanel panel)
    {
        plot.XLabel(InterTypeface.Drawable(panel.XLabel), LabelSize);
        plot.YLabel(InterTypeface.Drawable(panel.YLabel), LabelSize);
        foreach (PointSeries series in panel.Points)
        {
            Color colour = Color.FromHex(series.Style.Colour).WithAlpha(PointOpacity);
            AddMarkers(plot, series.Style, colour, [.. series.X], [.. series.Y], PointSize);
        }

        plot.Axes.AutoScale();
    }

    private static void Draw(Plot plot, DumbbellPanel panel)
    {
        AddRows(plot, panel.XLabel, [.. panel.Rows.Select(row => row.Label)], [.. panel.Rows.Select(row => row.Text)]);
        for (int i = 0; i < panel.Rows.Count; i++)
        {
            DumbbellRow row = panel.Rows[i];
            Color colour = Color.FromHex(row.Style.Colour);
            LinePlot gain = plot.Add.Line(row.Before, i, row.After, i);
            gain.Color = Color.FromHex(row.LineColour).WithAlpha(0.5);
            gain.LineWidth = 4;
            Marker before = plot.Add.Marker(row.Before, i, MarkerShape.FilledCircle, 9, Colors.White);
            before.MarkerStyle.OutlineColor = Ink;
            before.MarkerStyle.OutlineWidth = 1.5f;
            plot.Add.Marker(row.After, i).MarkerStyle = MarkerOf(row.Style, colour, 10);
        }

        SetWidth(plot, [.. panel.Rows.SelectMany(row => new[] { row.Before, row.After })]);
    }

    /// <summary>Draws the images as one picture with a white pixel between them.</summary>
    private static void Draw(Plot plot, ImagePanel panel)
    {
        plot.HideAxesAndGrid();
        plot.Axes.Title.IsVisible = true;
        plot.Axes.Right.MinimumSize = 0;
        byte[,,] pixels = Mosaic.Of(panel);
        int height = pixels.GetLength(0),
            width = pixels.GetLength(1);
        ImageRect picture = plot.Add.ImageRect(new Image(pixels), new CoordinateRect(0, width, 0, height));
        picture.AntiAlias = false;
        plot.Axes.SetLimits(0, width, 0, height);
        plot.Axes.SquareUnits();
    }

    /// <summary>Names the rows on the left and says what follows from them on the right.</summary>
    private static void AddRows(Plot plot, string xLabel, string[] labels, string[] texts)
    {
        double[] places = [.. labels.Select((_, i) => (double)i)];
        plot.XLabel(InterTypeface.Drawable(xLabel), LabelSize);
        plot.Axes.Left.SetTicks(places, [.. labels.Select(InterTypeface.Drawable)]);
        plot.Axes.Right.SetTicks(places, [.. texts.Select(InterTypeface.Drawable)]);
        plot.Axes.Right.Range.Set(labels.Length - 0.5, -0.5);
        foreach (IAxis axis in new IAxis[] { plot.Axes.Left, plot.Axes.Right })
        {
            axis.MajorTickStyle.Length = 0;
            axis.FrameLineStyle.IsVisible = false;
        }

        plot.Grid.YAxisStyle.IsVisible = false;
    }

    private static void SetWidth(Plot plot, double[] values)
    {
        double low = values.Min(),
            high = values.Max(),
            room = Margin * (high > low ? high - low : 1),
            rows = plot.Axes.Right.Range.Min;
        plot.Axes.SetLimits(low - room, high + room, rows, -0.5);
    }

    /// <summary>Adds bars from low to high, which need not be equally far from the point.</summary>
    internal static ErrorBar AddBars(Plot plot, Color colour, double[] x, double[] y, double[] low, double[] high)
    {
        ErrorBar bars = new(x, y, null, null, null, null)
        {
            YErrorNegative = [.. y.Zip(low, (mean, end) => mean - end)],
            YErrorPositive = [.. high.Zip(y, (end, mean) => end - mean)],
            Color = colour,
            LineWidth = 1.5f,
            CapSize = 3,
        };
        plot.Add.Plottable(bars);
        return bars;
    }

    private static void AddMarkers(Plot plot, SeriesStyle style, Color colour, double[] x, double[] y, float size)
    {
        Scatter markers = plot.Add.ScatterPoints(x, y);
        markers.MarkerStyle = MarkerOf(style, colour, size);
    }

    /// <summary>The points of a curve that have a marker, at other places on every curve of a panel.</summary>
    private static IEnumerable<int> Marked(int points, int curve, int curves) =>
        points <= 2 * MarkersOfCurve
            ? Enumerable.Range(0, points)
            : Enumerable
                .Range(0, MarkersOfCurve)
                .Select(i => (int)((i + ((curve + 0.5) / curves)) * points / MarkersOfCurve));
}
