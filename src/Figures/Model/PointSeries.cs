namespace Reproduction.Figures;

/// <summary>A series of points in one colour.</summary>
/// <param name="X">The x values, one per point.</param>
/// <param name="Y">The y values, one per point.</param>
public sealed record PointSeries(string Label, int Colour, IReadOnlyList<double> X, IReadOnlyList<double> Y);
