using System.Globalization;
using System.Text;
using System.Xml;

namespace Reproduction.Figures;

/// <summary>Draws figures as SVG: text stays text, lines stay lines, and image tiles are embedded as PNGs.</summary>
public sealed class SvgFigureWriter : IFigureWriter
{
    private const string Grid = "#d9d9d9";
    private const string Ink = "#222222";
    private const string Svg = "http://www.w3.org/2000/svg";

    /// <inheritdoc/>
    public string Extension => ".svg";

    /// <inheritdoc/>
    public byte[] Draw(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        FigureLayout layout = new(figure);
        using MemoryStream content = new();
        using (
            XmlWriter xml = XmlWriter.Create(
                content,
                new XmlWriterSettings
                {
                    Indent = true,
                    NewLineChars = "\n",
                    Encoding = new UTF8Encoding(false),
                }
            )
        )
        {
            xml.WriteStartElement("svg", Svg);
            Attributes(xml, ("width", layout.Width), ("height", layout.Height));
            xml.WriteAttributeString("viewBox", $"0 0 {Number(layout.Width)} {Number(layout.Height)}");
            xml.WriteAttributeString("font-family", "Helvetica, Arial, 'Liberation Sans', sans-serif");
            xml.WriteElementString("title", Svg, ForeignText.Of(figure.Title));
            Rectangle(xml, 0, 0, layout.Width, layout.Height, "#ffffff");
            Text(xml, layout.Title.X, layout.Title.Y, figure.Title, FigureLayout.TitleSize, "middle", bold: true);
            for (int i = 0; i < figure.Panels.Count; i++)
            {
                (double x, double y) = layout.Origin(i);
                xml.WriteStartElement("g", Svg);
                xml.WriteAttributeString("transform", $"translate({Number(x)},{Number(y)})");
                DrawPanel(xml, figure.Panels[i], layout);
                xml.WriteEndElement();
            }

            for (int line = 0; line < layout.Note.Count; line++)
            {
                (double x, double y) = layout.NoteLine(line);
                Text(xml, x, y, layout.Note[line], FigureLayout.NoteSize);
            }

            xml.WriteEndElement();
        }

        content.WriteByte((byte)'\n');
        return content.ToArray();
    }

    private static void DrawPanel(XmlWriter xml, Panel panel, FigureLayout figure)
    {
        Text(
            xml,
            figure.PanelTitle.X,
            figure.PanelTitle.Y,
            panel.Title,
            FigureLayout.PanelTitleSize,
            "middle",
            bold: true
        );
        switch (panel)
        {
            case ImagePanel images:
                DrawTiles(xml, images, new TileLayout(images, figure));
                break;
            case LinePanel lines:
                DrawLines(xml, lines, PlotLayout.Of(lines, figure));
                break;
            case ScatterPanel points:
                DrawPoints(xml, points, PlotLayout.Of(points, figure));
                break;
            case IntervalPanel intervals:
                DrawIntervals(xml, intervals, new IntervalLayout(intervals, figure));
                break;
            default:
                throw new ArgumentException($"The SVG writer cannot draw a {panel.GetType().Name}.", nameof(panel));
        }
    }

    private static void DrawTiles(XmlWriter xml, ImagePanel panel, TileLayout layout)
    {
        for (int i = 0; i < panel.Tiles.Count; i++)
        {
            ImageTile tile = panel.Tiles[i];
            (double x, double y) = layout.Origin(i);
            xml.WriteStartElement("image", Svg);
            Attributes(xml, ("x", x), ("y", y), ("width", layout.Size), ("height", layout.Size));
            xml.WriteAttributeString("style", "image-rendering:pixelated");
            xml.WriteAttributeString(
                "href",
                "data:image/png;base64,"
                    + Convert.ToBase64String(Png.Write(tile.Height, tile.Width, tile.Channels, TileLayout.Levels(tile)))
            );
            xml.WriteEndElement();
        }
    }

    private static void DrawLines(XmlWriter xml, LinePanel panel, PlotLayout layout)
    {
        DrawAxes(xml, layout);
        foreach (Curve curve in panel.Curves)
        {
            string Point(int i, IReadOnlyList<double> values)
            {
                double x = PlotLayout.Left + layout.X.Position(curve.X[i]),
                    y = layout.Top + layout.Height - layout.Y.Position(values[i]);
                return $"{Number(x)},{Number(y)}";
            }

            int[] indices = [.. Enumerable.Range(0, curve.X.Count)];
            if (curve is { Low: { } low, High: { } high })
            {
                xml.WriteStartElement("polygon", Svg);
                xml.WriteAttributeString(
                    "points",
                    string.Join(
                        " ",
                        indices.Select(i => Point(i, high)).Concat(indices.Reverse().Select(i => Point(i, low)))
                    )
                );
                xml.WriteAttributeString("fill", Palette.Hex(curve.Colour));
                xml.WriteAttributeString("fill-opacity", "0.2");
                xml.WriteEndElement();
            }

            xml.WriteStartElement("polyline", Svg);
            xml.WriteAttributeString("points", string.Join(" ", indices.Select(i => Point(i, curve.Y))));
            xml.WriteAttributeString("fill", "none");
            xml.WriteAttributeString("stroke", Palette.Hex(curve.Colour));
            xml.WriteAttributeString("stroke-width", "1.8");
            xml.WriteAttributeString("stroke-linejoin", "round");
            xml.WriteEndElement();
        }
    }

    private static void DrawPoints(XmlWriter xml, ScatterPanel panel, PlotLayout layout)
    {
        DrawAxes(xml, layout);
        foreach (PointSeries series in panel.Points)
        {
            for (int i = 0; i < series.X.Count; i++)
            {
                Circle(
                    xml,
                    PlotLayout.Left + layout.X.Position(series.X[i]),
                    layout.Top + layout.Height - layout.Y.Position(series.Y[i]),
                    3,
                    Palette.Hex(series.Colour),
                    0.6
                );
            }
        }
    }

    private static void DrawIntervals(XmlWriter xml, IntervalPanel panel, IntervalLayout layout)
    {
        double bottom = IntervalLayout.Top + layout.Height;
        foreach ((double value, string text) in layout.X.Ticks())
        {
            double at = layout.Left + layout.X.Position(value);
            Line(xml, at, IntervalLayout.Top, at, bottom, value == 0 ? Ink : Grid);
            Text(xml, layout.XTickAt(value).X, layout.XTickAt(value).Y, text, FigureLayout.TickSize, "middle");
        }

        Line(xml, layout.Left, bottom, layout.Left + layout.Width, bottom, Ink);
        Text(xml, layout.XLabelAt.X, layout.XLabelAt.Y, panel.XLabel, FigureLayout.LabelSize, "middle");
        for (int i = 0; i < panel.Rows.Count; i++)
        {
            IntervalRow row = panel.Rows[i];
            double at = IntervalLayout.Middle(i),
                from = Along(row.Low);
            double Along(double value) => layout.Left + layout.X.Position(layout.OnAxis(value));
            Text(xml, layout.LabelAt(i).X, layout.LabelAt(i).Y, row.Label, FigureLayout.EntrySize, "end");
            Rectangle(xml, from, at - 1, Math.Max(0.5, Along(row.High) - from), 2, Palette.Hex(row.Colour));
            if (layout.OnAxis(row.Value) == row.Value)
            {
                Circle(xml, Along(row.Value), at, 3.5, Palette.Hex(row.Colour), 1);
            }
            else
            {
                xml.WriteStartElement("polygon", Svg);
                xml.WriteAttributeString(
                    "points",
                    string.Join(' ', layout.Arrow(i, row).Select(corner => $"{Number(corner.X)},{Number(corner.Y)}"))
                );
                xml.WriteAttributeString("fill", Palette.Hex(row.Colour));
                xml.WriteEndElement();
            }

            Text(xml, layout.TextAt(i).X, layout.TextAt(i).Y, row.Text, FigureLayout.EntrySize);
        }
    }

    /// <summary>Draws the legend, the grid, the axes and their texts.</summary>
    private static void DrawAxes(XmlWriter xml, PlotLayout layout)
    {
        foreach ((string label, int colour, double x, double y) in layout.Legend)
        {
            Rectangle(xml, x, y - 6, 16, 4, Palette.Hex(colour));
            Text(xml, x + PlotLayout.LabelOffset, y, label, FigureLayout.EntrySize);
        }

        double left = PlotLayout.Left,
            bottom = layout.Top + layout.Height,
            right = left + layout.Width;
        foreach ((double value, string text) in layout.Y.Ticks())
        {
            double at = bottom - layout.Y.Position(value);
            Line(xml, left, at, right, at, value == 0 && layout.Y.Minimum < 0 ? Ink : Grid);
            Text(xml, layout.YTickAt(value).X, layout.YTickAt(value).Y, text, FigureLayout.TickSize, "end");
        }

        foreach ((double value, string text) in layout.XTicks)
        {
            Text(xml, layout.XTickAt(value).X, layout.XTickAt(value).Y, text, FigureLayout.TickSize, "middle");
        }

        Line(xml, left, layout.Top, left, bottom, Ink);
        Line(xml, left, bottom, right, bottom, Ink);
        Text(xml, layout.XLabelAt.X, layout.XLabelAt.Y, layout.XLabel, FigureLayout.LabelSize, "middle");
        xml.WriteStartElement("g", Svg);
        xml.WriteAttributeString(
            "transform",
            $"translate({Number(layout.YLabelAt.X)},{Number(layout.YLabelAt.Y)}) rotate(-90)"
        );
        Text(xml, 0, 0, layout.YLabel, FigureLayout.LabelSize, "middle");
        xml.WriteEndElement();
    }

    private static void Text(
        XmlWriter xml,
        double x,
        double y,
        string text,
        double size,
        string anchor = "start",
        bool bold = false
    )
    {
        xml.WriteStartElement("text", Svg);
        Attributes(xml, ("x", x), ("y", y), ("font-size", size));
        xml.WriteAttributeString("fill", Ink);
        if (anchor != "start")
        {
            xml.WriteAttributeString("text-anchor", anchor);
        }

        if (bold)
        {
            xml.WriteAttributeString("font-weight", "bold");
        }

        xml.WriteString(ForeignText.Of(text));
        xml.WriteEndElement();
    }

    private static void Circle(XmlWriter xml, double x, double y, double radius, string fill, double opacity)
    {
        xml.WriteStartElement("circle", Svg);
        Attributes(xml, ("cx", x), ("cy", y), ("r", radius));
        xml.WriteAttributeString("fill", fill);
        if (opacity < 1)
        {
            xml.WriteAttributeString("fill-opacity", Number(opacity));
        }

        xml.WriteEndElement();
    }

    private static void Rectangle(XmlWriter xml, double x, double y, double width, double height, string fill)
    {
        xml.WriteStartElement("rect", Svg);
        Attributes(xml, ("x", x), ("y", y), ("width", width), ("height", height));
        xml.WriteAttributeString("fill", fill);
        xml.WriteEndElement();
    }

    private static void Line(XmlWriter xml, double x1, double y1, double x2, double y2, string stroke)
    {
        xml.WriteStartElement("line", Svg);
        Attributes(xml, ("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2));
        xml.WriteAttributeString("stroke", stroke);
        xml.WriteEndElement();
    }

    private static void Attributes(XmlWriter xml, params ReadOnlySpan<(string Name, double Value)> attributes)
    {
        foreach ((string name, double value) in attributes)
        {
            xml.WriteAttributeString(name, Number(value));
        }
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
