namespace Reproduction.Figures;

/// <summary>Bars of one colour.</summary>
/// <param name="Values">One a category, ≥ 0.</param>
/// <param name="Intervals">Half the length of each error bar; null for none.</param>
public sealed record BarSeries(string Label, int Colour, IReadOnlyList<double> Values, IReadOnlyList<double>? Intervals = null);
