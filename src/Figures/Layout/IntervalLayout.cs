namespace Reproduction.Figures;

/// <summary>
/// The positions of the parts of a panel of intervals, within the panel. The panel grows with its labels and rows.
/// </summary>
internal sealed class IntervalLayout
{
    public const double Top = 30;

    private const double RowHeight = 17;
    private const double PlotWidth = 260;
    private const double CharacterWidth = 5.9; // average, at the font size of the labels

    public IntervalLayout(IntervalPanel panel, FigureLayout figure)
    {
        Left = LabelWidth(panel);
        Width = figure.PanelWidth - Left - TextWidth(panel);
        Height = panel.Rows.Count * RowHeight;
        double Ends(Func<IntervalRow, double> end, Func<IEnumerable<double>, double> furthest) =>
            furthest(panel.Rows.Select(row => Math.Clamp(end(row), -panel.Limit, panel.Limit)).Append(0));
        X = new LinearAxis(
            Ends(row => row.Low, Enumerable.Min),
            Ends(row => row.High, Enumerable.Max),
            Width,
            extend: true,
            ticks: 5
        );
    }

    public double Left { get; }

    public double Width { get; }

    public double Height { get; }

    public Axis X { get; }

    /// <summary>The centre and base line of the name of the axis.</summary>
    public (double X, double Y) XLabelAt => (Left + (Width / 2), Top + Height + 31);

    public static double WidthOf(IntervalPanel panel) => LabelWidth(panel) + PlotWidth + TextWidth(panel);

    public static double HeightOf(IntervalPanel panel) => Top + (panel.Rows.Count * RowHeight) + 50;

    /// <summary>Returns the vertical middle of a row.</summary>
    public static double Middle(int row) => Top + ((row + 0.5) * RowHeight);

    /// <summary>Returns the centre and base line of a tick's text.</summary>
    public (double X, double Y) XTickAt(double value) => (Left + X.Position(value), Top + Height + 14);

    /// <summary>Returns the right end and base line of a row's label.</summary>
    public (double X, double Y) LabelAt(int row) => (Left - 8, Middle(row) + 3.5);

    /// <summary>Returns the left end and base line of a row's text.</summary>
    public (double X, double Y) TextAt(int row) => (Left + Width + 8, Middle(row) + 3.5);

    /// <summary>Returns the corners of an arrow that stands for a value beyond the axis.</summary>
    public (double X, double Y)[] Arrow(int row, IntervalRow of)
    {
        double tip = Left + X.Position(OnAxis(of.Value)),
            back = tip + (of.Value < 0 ? 8 : -8),
            middle = Middle(row);
        return [(tip, middle), (back, middle - 4), (back, middle + 4)];
    }

    /// <summary>Returns the value, clamped to the range of the axis.</summary>
    public double OnAxis(double value) => Math.Clamp(value, X.Minimum, X.Maximum);

    private static double LabelWidth(IntervalPanel panel) =>
        12 + (panel.Rows.Select(row => row.Label.Length).DefaultIfEmpty(0).Max() * CharacterWidth);

    private static double TextWidth(IntervalPanel panel) =>
        14 + (panel.Rows.Select(row => row.Text.Length).DefaultIfEmpty(0).Max() * CharacterWidth);
}
