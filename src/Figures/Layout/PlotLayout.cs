namespace Reproduction.Figures;

/// <summary>The positions of the parts of a panel with two axes, within the panel.</summary>
internal sealed class PlotLayout
{
    public const double Left = 52;

    private const double LegendTop = 34;
    private const double LegendLineHeight = 15;
    private const double MarkWidth = 21;

    private PlotLayout(
        FigureLayout figure,
        string xLabel,
        string yLabel,
        IReadOnlyList<(string Label, int Colour)> entries,
        Func<double, Axis> x,
        Func<double, Axis> y,
        IReadOnlyList<(double At, string Text)>? xTicks
    )
    {
        (XLabel, YLabel) = (xLabel, yLabel);
        List<(string Label, int Colour, double X, double Y)> legend = [];
        double at = Left,
            line = LegendTop;
        foreach ((string label, int colour) in entries)
        {
            double needed = MarkWidth + (label.Length * FigureLayout.EntrySize * FigureLayout.CharacterWidth) + 14;
            if (at > Left && at + needed > figure.PanelWidth)
            {
                (at, line) = (Left, line + LegendLineHeight);
            }

            legend.Add((label, colour, at, line));
            at += needed;
        }

        Legend = legend;
        Top = line + 10;
        Width = figure.PanelWidth - Left - 14;
        Height = figure.PanelHeight - Top - 50;
        X = x(Width);
        Y = y(Height);
        XTicks =
        [
            .. (xTicks ?? X.Ticks()).Where(tick =>
                X.Position(tick.Value) >= -1e-6 && X.Position(tick.Value) <= Width + 1e-6
            ),
        ];
    }

    public string XLabel { get; }

    public string YLabel { get; }

    /// <summary>
    /// The entries of the legend and where each begins: a mark of 16 × 4 pixels that starts 6 pixels above the base
    /// line, then the label.
    /// </summary>
    public IReadOnlyList<(string Label, int Colour, double X, double Y)> Legend { get; }

    public const double LabelOffset = MarkWidth;

    /// <summary>The top of the plot itself, below the legend.</summary>
    public double Top { get; }

    public double Width { get; }

    public double Height { get; }

    public Axis X { get; }

    public Axis Y { get; }

    public IReadOnlyList<(double At, string Text)> XTicks { get; }

    /// <summary>The centre and base line of the name of the x axis.</summary>
    public (double X, double Y) XLabelAt => (Left + (Width / 2), Top + Height + 31);

    /// <summary>
    /// The centre and base line of the name of the y axis, around which its text is turned to the left.
    /// </summary>
    public (double X, double Y) YLabelAt => (13, Top + (Height / 2));

    /// <summary>Returns the centre and base line of the text of an x tick.</summary>
    public (double X, double Y) XTickAt(double value) => (Left + X.Position(value), Top + Height + 14);

    /// <summary>Returns the right end and base line of the text of a y tick.</summary>
    public (double X, double Y) YTickAt(double value) => (Left - 5, Top + Height - Y.Position(value) + 3.5);

    public static PlotLayout Of(LinePanel panel, FigureLayout figure)
    {
        double[] xs = [.. panel.Curves.SelectMany(curve => curve.X)],
            lows = [.. panel.Curves.SelectMany(curve => curve.Low ?? curve.Y)],
            highs = [.. panel.Curves.SelectMany(curve => curve.High ?? curve.Y)];
        return new PlotLayout(
            figure,
            panel.XLabel,
            panel.YLabel,
            [.. panel.Curves.Select(curve => (curve.Label, curve.Colour))],
            length => new LinearAxis(
                xs.DefaultIfEmpty(0).Min(),
                xs.DefaultIfEmpty(1).Max(),
                length,
                extend: false,
                ticks: 5
            ),
            length =>
                panel.IsLogarithmic
                    ? new LogarithmicAxis(lows.DefaultIfEmpty(1).Min(), highs.DefaultIfEmpty(1).Max(), length)
                    : new LinearAxis(
                        lows.DefaultIfEmpty(0).Min(),
                        highs.DefaultIfEmpty(1).Max(),
                        length,
                        extend: true,
                        ticks: 5
                    ),
            panel.XTicks
        );
    }

    public static PlotLayout Of(ScatterPanel panel, FigureLayout figure)
    {
        double[] xs = [.. panel.Points.SelectMany(series => series.X).DefaultIfEmpty(0)],
            ys = [.. panel.Points.SelectMany(series => series.Y).DefaultIfEmpty(0)];
        return new PlotLayout(
            figure,
            panel.XLabel,
            panel.YLabel,
            [.. panel.Points.Select(series => (series.Label, series.Colour))],
            length => new LinearAxis(xs.Min(), xs.Max(), length, extend: true, ticks: 5),
            length => new LinearAxis(ys.Min(), ys.Max(), length, extend: true, ticks: 5),
            null
        );
    }
}
