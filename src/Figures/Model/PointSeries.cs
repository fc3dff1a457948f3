namespace Reproduction.Figures;

/// <summary>A series of points in one style.</summary>
/// <param name="X">The x values, one per point.</param>
/// <param name="Y">The y values, one per point.</param>
public sealed record PointSeries(string Label, SeriesStyle Style, IReadOnlyList<double> X, IReadOnlyList<double> Y);
