namespace Reproduction.Figures;

/// <summary>A curve, with a band around it if it is a mean.</summary>
/// <param name="Label">The label in the legend.</param>
/// <param name="X">The x values, ascending.</param>
/// <param name="Y">The y values, one per point.</param>
/// <param name="Low">The band's lower edge at each point; null for no band.</param>
/// <param name="High">The band's upper edge at each point; null for no band.</param>
public sealed record Curve(
    string Label,
    SeriesStyle Style,
    IReadOnlyList<double> X,
    IReadOnlyList<double> Y,
    IReadOnlyList<double>? Low = null,
    IReadOnlyList<double>? High = null
);
