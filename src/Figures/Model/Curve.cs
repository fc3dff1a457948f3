namespace Reproduction.Figures;

/// <summary>One curve, with a band around it where it is a mean.</summary>
/// <param name="Label">In the legend.</param>
/// <param name="Colour">Index into <see cref="Palette"/>: the same thing has the same colour on all figures.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">One a point.</param>
/// <param name="Low">The band's lower edge at each point; null for no band.</param>
/// <param name="High">Its upper edge.</param>
public sealed record Curve(
    string Label,
    int Colour,
    IReadOnlyList<double> X,
    IReadOnlyList<double> Y,
    IReadOnlyList<double>? Low = null,
    IReadOnlyList<double>? High = null
);
