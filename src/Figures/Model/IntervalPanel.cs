namespace Reproduction.Figures;

/// <summary>A panel of values with their intervals, one below the other, around a line at 0.</summary>
/// <param name="XLabel">The name of the x axis, with its unit.</param>
/// <param name="Rows">The rows, from the top.</param>
/// <param name="Limit">The largest distance from 0 that the axis covers on either side. A value beyond it is drawn as
/// an arrow at the end of the axis.</param>
public sealed record IntervalPanel(
    string Title,
    string XLabel,
    IReadOnlyList<IntervalRow> Rows,
    double Limit = double.PositiveInfinity
) : Panel(Title);
