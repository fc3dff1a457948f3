namespace Reproduction.Figures;

/// <summary>A panel of points on two axes.</summary>
/// <param name="XLabel">The name of the x axis, with its unit.</param>
/// <param name="YLabel">The name of the y axis, with its unit.</param>
public sealed record ScatterPanel(string Title, string XLabel, string YLabel, IReadOnlyList<PointSeries> Points)
    : Panel(Title);
