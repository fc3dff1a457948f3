namespace Reproduction.Figures;

/// <summary>Curves over a common axis.</summary>
/// <param name="XLabel">With its unit.</param>
/// <param name="YLabel">With its unit.</param>
public sealed record LinePanel(string Title, string XLabel, string YLabel, IReadOnlyList<Curve> Curves) : Panel(Title);
