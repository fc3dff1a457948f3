namespace Reproduction.Figures;

/// <summary>A panel of curves over a common axis.</summary>
/// <param name="XLabel">The name of the x axis, with its unit.</param>
/// <param name="YLabel">The name of the y axis, with its unit.</param>
/// <param name="XTicks">The positions and texts of the ticks on the x axis; null for ticks at round numbers.</param>
/// <param name="IsLogarithmic">Whether the y axis is logarithmic; all y values must then be above 0.</param>
/// <param name="IsCategorical">Whether the ticks are categories: points side by side with their intervals, and no line
/// between them.</param>
public sealed record LinePanel(
    string Title,
    string XLabel,
    string YLabel,
    IReadOnlyList<Curve> Curves,
    IReadOnlyList<(double At, string Text)>? XTicks = null,
    bool IsLogarithmic = false,
    bool IsCategorical = false
) : Panel(Title);
