namespace Reproduction.Figures;

/// <summary>A value with its interval.</summary>
/// <param name="Label">To the left.</param>
/// <param name="Colour">Index into <see cref="Palette"/>.</param>
/// <param name="Low">Where the interval begins.</param>
/// <param name="High">Where it ends.</param>
/// <param name="Text">To the right: what follows from it.</param>
public sealed record IntervalRow(string Label, int Colour, double Value, double Low, double High, string Text);
