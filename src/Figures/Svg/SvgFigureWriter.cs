using System.Globalization;
using System.Text;
using System.Xml;

namespace Reproduction.Figures;

/// <summary>Draws figures as SVG: text stays text, lines stay lines, image tiles are embedded PNGs.</summary>
public sealed class SvgFigureWriter : IFigureWriter
{
    private const double PanelWidth = 300;
    private const double PanelHeight = 290;
    private const double Margin = 16;
    private const double TitleHeight = 34;
    private const double NoteLineHeight = 15;
    private const double CharacterWidth = 0.54; // of the font size, on average: enough to lay a legend out
    private const string Grid = "#d9d9d9";
    private const string Ink = "#222222";
    private const string Svg = "http://www.w3.org/2000/svg";

    /// <inheritdoc/>
    public string Extension => ".svg";

    /// <inheritdoc/>
    public byte[] Draw(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        int columns = Math.Min(figure.Columns, figure.Panels.Count), rows = (figure.Panels.Count + columns - 1) / columns;
        double panelWidth = figure.Panels.Max(panel => panel is IntervalPanel intervals ? IntervalLayout.Width(intervals) : PanelWidth);
        double panelHeight = figure.Panels.Max(panel => panel is IntervalPanel intervals ? IntervalLayout.Height(intervals) : PanelHeight);
        double width = (2 * Margin) + (columns * panelWidth);
        string[] note = Wrap(figure.Footer, (int)((width - (2 * Margin)) / (11 * CharacterWidth)));
        double height = TitleHeight + (rows * panelHeight) + (note.Length * NoteLineHeight) + (2 * Margin);
        using MemoryStream content = new();
        using (XmlWriter xml = XmlWriter.Create(content, new XmlWriterSettings { Indent = true, NewLineChars = "\n", Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("svg", Svg);
            Attributes(xml, ("width", width), ("height", height));
            xml.WriteAttributeString("viewBox", $"0 0 {Number(width)} {Number(height)}");
            xml.WriteAttributeString("font-family", "Helvetica, Arial, 'Liberation Sans', sans-serif");
            xml.WriteElementString("title", Svg, figure.Title);
            Rectangle(xml, 0, 0, width, height, "#ffffff");
            Text(xml, width / 2, Margin + 9, figure.Title, 15, "middle", bold: true);
            for (int i = 0; i < figure.Panels.Count; i++)
            {
                xml.WriteStartElement("g", Svg);
                xml.WriteAttributeString("transform", $"translate({Number(Margin + (i % columns * panelWidth))},{Number(TitleHeight + (i / columns * panelHeight))})");
                DrawPanel(xml, figure.Panels[i], panelWidth);
                xml.WriteEndElement();
            }

            for (int line = 0; line < note.Length; line++)
            {
                Text(xml, Margin, TitleHeight + (rows * panelHeight) + Margin + (line * NoteLineHeight), note[line], 11);
            }

            xml.WriteEndElement();
        }

        content.WriteByte((byte)'\n');
        return content.ToArray();
    }

    private static void DrawPanel(XmlWriter xml, Panel panel, double panelWidth)
    {
        Text(xml, panelWidth / 2, 16, panel.Title, 12.5, "middle", bold: true);
        switch (panel)
        {
            case ImagePanel images:
                DrawTiles(xml, images);
                break;
            case LinePanel lines:
                DrawLines(xml, lines);
                break;
            case ScatterPanel points:
                DrawPoints(xml, points);
                break;
            case IntervalPanel intervals:
                DrawIntervals(xml, intervals, panelWidth);
                break;
            default:
                throw new ArgumentException($"The SVG writer cannot draw a {panel.GetType().Name}.", nameof(panel));
        }
    }

    private static void DrawTiles(XmlWriter xml, ImagePanel panel)
    {
        int rows = (panel.Tiles.Count + panel.Columns - 1) / panel.Columns;
        double size = Math.Min((PanelWidth - 30) / panel.Columns, (PanelHeight - 40) / Math.Max(rows, 1));
        double left = (PanelWidth - (size * panel.Columns)) / 2;
        for (int i = 0; i < panel.Tiles.Count; i++)
        {
            ImageTile tile = panel.Tiles[i];
            xml.WriteStartElement("image", Svg);
            Attributes(xml, ("x", left + (i % panel.Columns * size) + 1), ("y", 26 + (i / panel.Columns * size) + 1), ("width", size - 2), ("height", size - 2));
            xml.WriteAttributeString("style", "image-rendering:pixelated");
            xml.WriteAttributeString("href", "data:image/png;base64," + Convert.ToBase64String(Png.Write(tile.Height, tile.Width, tile.Channels, Levels(tile))));
            xml.WriteEndElement();
        }
    }

    private static byte[] Levels(ImageTile tile)
    {
        float low = tile.Values.Min(), range = tile.Values.Max() - low;
        return [.. tile.Values.Select(value => range > 0 ? (byte)(((value - low) / range * 255) + 0.5f) : (byte)127)];
    }

    private static void DrawLines(XmlWriter xml, LinePanel panel)
    {
        double top = DrawLegend(xml, [.. panel.Curves.Select(curve => (curve.Label, curve.Colour))]);
        (double left, double plotWidth, double plotHeight) = (52, PanelWidth - 52 - 14, PanelHeight - top - 50);
        IEnumerable<double> lows = panel.Curves.SelectMany(curve => curve.Low ?? curve.Y);
        IEnumerable<double> highs = panel.Curves.SelectMany(curve => curve.High ?? curve.Y);
        IEnumerable<double> xs = panel.Curves.SelectMany(curve => curve.X);
        Axis x = new LinearAxis(xs.DefaultIfEmpty(0).Min(), xs.DefaultIfEmpty(1).Max(), plotWidth, extend: false, ticks: 5);
        Axis y = panel.IsLogarithmic
            ? new LogarithmicAxis(lows.DefaultIfEmpty(1).Min(), highs.DefaultIfEmpty(1).Max(), plotHeight)
            : new LinearAxis(lows.DefaultIfEmpty(0).Min(), highs.DefaultIfEmpty(1).Max(), plotHeight, extend: true, ticks: 5);
        DrawAxes(xml, panel.XLabel, panel.YLabel, x, y, left, top, plotWidth, plotHeight, panel.XTicks ?? x.Ticks());
        foreach (Curve curve in panel.Curves)
        {
            string Point(int i, IReadOnlyList<double> values) => $"{Number(left + x.Position(curve.X[i]))},{Number(top + plotHeight - y.Position(values[i]))}";
            int[] indices = [.. Enumerable.Range(0, curve.X.Count)];
            if (curve is { Low: { } low, High: { } high })
            {
                xml.WriteStartElement("polygon", Svg);
                xml.WriteAttributeString("points", string.Join(" ", indices.Select(i => Point(i, high)).Concat(indices.Reverse().Select(i => Point(i, low)))));
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

    private static void DrawPoints(XmlWriter xml, ScatterPanel panel)
    {
        double top = DrawLegend(xml, [.. panel.Points.Select(series => (series.Label, series.Colour))]);
        (double left, double plotWidth, double plotHeight) = (52, PanelWidth - 52 - 14, PanelHeight - top - 50);
        double[] xs = [.. panel.Points.SelectMany(series => series.X).DefaultIfEmpty(0)], ys = [.. panel.Points.SelectMany(series => series.Y).DefaultIfEmpty(0)];
        Axis x = new LinearAxis(xs.Min(), xs.Max(), plotWidth, extend: true, ticks: 5), y = new LinearAxis(ys.Min(), ys.Max(), plotHeight, extend: true, ticks: 5);
        DrawAxes(xml, panel.XLabel, panel.YLabel, x, y, left, top, plotWidth, plotHeight, x.Ticks());
        foreach (PointSeries series in panel.Points)
        {
            for (int i = 0; i < series.X.Count; i++)
            {
                Circle(xml, left + x.Position(series.X[i]), top + plotHeight - y.Position(series.Y[i]), 3, Palette.Hex(series.Colour), 0.6);
            }
        }
    }

    private static void DrawIntervals(XmlWriter xml, IntervalPanel panel, double panelWidth)
    {
        double top = 30, left = IntervalLayout.LabelWidth(panel), plotWidth = panelWidth - left - IntervalLayout.TextWidth(panel), plotHeight = panel.Rows.Count * IntervalLayout.RowHeight;
        Axis x = IntervalLayout.XAxis(panel, plotWidth);
        foreach ((double value, string text) in x.Ticks())
        {
            double at = left + x.Position(value);
            Line(xml, at, top, at, top + plotHeight, value == 0 ? Ink : Grid);
            Text(xml, at, top + plotHeight + 14, text, 10, "middle");
        }

        Line(xml, left, top + plotHeight, left + plotWidth, top + plotHeight, Ink);
        Text(xml, left + (plotWidth / 2), top + plotHeight + 31, panel.XLabel, 11, "middle");
        for (int i = 0; i < panel.Rows.Count; i++)
        {
            IntervalRow row = panel.Rows[i];
            double at = top + ((i + 0.5) * IntervalLayout.RowHeight);
            Text(xml, left - 8, at + 3.5, row.Label, 10.5, "end");
            double Along(double value) => left + Math.Clamp(x.Position(value), 0, plotWidth);
            Rectangle(xml, Along(row.Low), at - 1, Math.Max(0.5, Along(row.High) - Along(row.Low)), 2, Palette.Hex(row.Colour));
            if (row.Value < x.Minimum || row.Value > x.Maximum)
            {
                double tip = Along(row.Value), back = tip + (row.Value < x.Minimum ? 8 : -8);
                xml.WriteStartElement("polygon", Svg);
                xml.WriteAttributeString("points", $"{Number(tip)},{Number(at)} {Number(back)},{Number(at - 4)} {Number(back)},{Number(at + 4)}");
                xml.WriteAttributeString("fill", Palette.Hex(row.Colour));
                xml.WriteEndElement();
            }
            else
            {
                Circle(xml, Along(row.Value), at, 3.5, Palette.Hex(row.Colour), 1);
            }

            Text(xml, left + plotWidth + 8, at + 3.5, row.Text, 10.5);
        }
    }

    private static void DrawAxes(
        XmlWriter xml, string xLabel, string yLabel, Axis x, Axis y, double left, double top, double width, double height, IEnumerable<(double Value, string Text)> xTicks)
    {
        foreach ((double value, string text) in y.Ticks())
        {
            double at = top + height - y.Position(value);
            Line(xml, left, at, left + width, at, value == 0 && y.Minimum < 0 ? Ink : Grid);
            Text(xml, left - 5, at + 3.5, text, 10, "end");
        }

        foreach ((double value, string text) in xTicks)
        {
            Text(xml, left + x.Position(value), top + height + 14, text, 10, "middle");
        }

        Line(xml, left, top, left, top + height, Ink);
        Line(xml, left, top + height, left + width, top + height, Ink);
        Text(xml, left + (width / 2), top + height + 31, xLabel, 11, "middle");
        xml.WriteStartElement("g", Svg);
        xml.WriteAttributeString("transform", $"translate(13,{Number(top + (height / 2))}) rotate(-90)");
        Text(xml, 0, 0, yLabel, 11, "middle");
        xml.WriteEndElement();
    }

    /// <summary>Lays the entries out in rows above the plot; returns where the plot may begin.</summary>
    private static double DrawLegend(XmlWriter xml, IReadOnlyList<(string Label, int Colour)> entries)
    {
        double x = 52, y = 34;
        foreach ((string label, int colour) in entries)
        {
            double needed = 21 + (label.Length * 10.5 * CharacterWidth) + 14;
            if (x > 52 && x + needed > PanelWidth)
            {
                (x, y) = (52, y + 15);
            }

            Rectangle(xml, x, y - 6, 16, 4, Palette.Hex(colour));
            Text(xml, x + 21, y, label, 10.5);
            x += needed;
        }

        return y + 10;
    }

    private static void Text(XmlWriter xml, double x, double y, string text, double size, string anchor = "start", bool bold = false)
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

        xml.WriteString(text);
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

    private static string[] Wrap(string text, int width)
    {
        List<string> lines = [];
        StringBuilder line = new();
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        if (line.Length > 0)
        {
            lines.Add(line.ToString());
        }

        return [.. lines];
    }
}
