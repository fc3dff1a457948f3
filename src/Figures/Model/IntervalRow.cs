namespace Reproduction.Figures;

/// <summary>One row of an interval panel: a value with its interval.</summary>
/// <param name="Label">The label to the left of the plot.</param>
/// <param name="Colour">The colour as #RRGGBB.</param>
/// <param name="Low">The lower end of the interval.</param>
/// <param name="High">The upper end of the interval.</param>
/// <param name="Text">The text to the right of the plot: what follows from the value.</param>
public sealed record IntervalRow(string Label, string Colour, double Value, double Low, double High, string Text);
