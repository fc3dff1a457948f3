namespace Reproduction.Figures;

/// <summary>Points of one colour.</summary>
/// <param name="X">One a point.</param>
/// <param name="Y">One a point.</param>
public sealed record PointSeries(string Label, int Colour, IReadOnlyList<double> X, IReadOnlyList<double> Y);
