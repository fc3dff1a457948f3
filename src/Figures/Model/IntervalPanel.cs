namespace Reproduction.Figures;

/// <summary>Values with their intervals, one below the other, about a line at 0.</summary>
/// <param name="XLabel">With its unit.</param>
/// <param name="Rows">From the top.</param>
/// <param name="Limit">How far the axis goes at most to both sides: what lies beyond is an arrow at its end.</param>
public sealed record IntervalPanel(
    string Title,
    string XLabel,
    IReadOnlyList<IntervalRow> Rows,
    double Limit = double.PositiveInfinity
) : Panel(Title);
