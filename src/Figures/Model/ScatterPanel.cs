namespace Reproduction.Figures;

/// <summary>Points on two axes.</summary>
/// <param name="XLabel">With its unit.</param>
/// <param name="YLabel">With its unit.</param>
public sealed record ScatterPanel(string Title, string XLabel, string YLabel, IReadOnlyList<PointSeries> Points)
    : Panel(Title);
