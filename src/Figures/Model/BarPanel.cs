namespace Reproduction.Figures;

/// <summary>Groups of bars, one group a category.</summary>
/// <param name="Categories">Below the groups.</param>
/// <param name="Bars">One series a colour; each has a value a category.</param>
public sealed record BarPanel(string Title, string XLabel, string YLabel, IReadOnlyList<string> Categories, IReadOnlyList<BarSeries> Bars) : Panel(Title);
