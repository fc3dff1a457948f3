namespace Reproduction.Figures;

/// <summary>Curves over a common axis.</summary>
/// <param name="XLabel">With its unit.</param>
/// <param name="YLabel">With its unit.</param>
/// <param name="XTicks">Where the axis is marked, and with what; null for round numbers.</param>
public sealed record LinePanel(string Title, string XLabel, string YLabel, IReadOnlyList<Curve> Curves, IReadOnlyList<(double At, string Text)>? XTicks = null) : Panel(Title);
