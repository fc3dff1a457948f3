namespace Reproduction.Figures;

/// <summary>A figure: panels on a grid, row by row.</summary>
/// <param name="Title">Above all panels.</param>
/// <param name="Note">Below all panels: the data set, how many seeds, whatever a reader must know.</param>
/// <param name="Columns">Panels a row, ≥ 1.</param>
/// <param name="Panels">At least one.</param>
public sealed record Figure(string Title, string Note, int Columns, IReadOnlyList<Panel> Panels);
