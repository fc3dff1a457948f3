namespace Reproduction.Figures;

/// <summary>A figure: panels on a grid, row by row.</summary>
/// <param name="Title">Above all panels.</param>
/// <param name="Data">The data set it was made from; every back end prints it.</param>
/// <param name="Note">Below all panels: how many seeds, whatever a reader must know.</param>
/// <param name="Columns">Panels a row, ≥ 1.</param>
/// <param name="Panels">At least one.</param>
public sealed record Figure(string Title, string Data, string Note, int Columns, IReadOnlyList<Panel> Panels)
{
    /// <summary>The text below the panels: the data, then the note.</summary>
    public string Footer => $"Data: {Data}. {Note}";
}
