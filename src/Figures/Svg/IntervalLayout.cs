namespace Reproduction.Figures;

/// <summary>How much room a panel of intervals takes: it grows with its labels and rows.</summary>
internal static class IntervalLayout
{
    public const double RowHeight = 17;

    private const double PlotWidth = 260;
    private const double CharacterWidth = 5.9; // on average, at the size of the labels

    public static double LabelWidth(IntervalPanel panel) => 12 + (panel.Rows.Select(row => row.Label.Length).DefaultIfEmpty(0).Max() * CharacterWidth);

    public static double TextWidth(IntervalPanel panel) => 14 + (panel.Rows.Select(row => row.Text.Length).DefaultIfEmpty(0).Max() * CharacterWidth);

    public static double Width(IntervalPanel panel) => LabelWidth(panel) + PlotWidth + TextWidth(panel);

    public static double Height(IntervalPanel panel) => 30 + (panel.Rows.Count * RowHeight) + 50;

    public static Axis XAxis(IntervalPanel panel, double length)
    {
        double Ends(Func<IntervalRow, double> end, Func<IEnumerable<double>, double> furthest) => furthest(panel.Rows.Select(row => Math.Clamp(end(row), -panel.Limit, panel.Limit)).Append(0));
        return new LinearAxis(Ends(row => row.Low, Enumerable.Min), Ends(row => row.High, Enumerable.Max), length, extend: true, ticks: 5);
    }
}
