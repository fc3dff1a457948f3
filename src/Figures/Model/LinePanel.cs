namespace Reproduction.Figures;

/// <summary>Curves over a common axis.</summary>
/// <param name="XLabel">With its unit.</param>
/// <param name="YLabel">With its unit.</param>
/// <param name="XTicks">Where the axis is marked, and with what; null for round numbers.</param>
/// <param name="IsLogarithmic">Whether equal ratios of Y are equally far apart; all values are then above 0.</param>
public sealed record LinePanel(
    string Title,
    string XLabel,
    string YLabel,
    IReadOnlyList<Curve> Curves,
    IReadOnlyList<(double At, string Text)>? XTicks = null,
    bool IsLogarithmic = false
) : Panel(Title);
