namespace Reproduction.Figures;

/// <summary>A figure: panels on a grid, row by row, with one legend for all of them.</summary>
/// <param name="Title">The title above all panels, which says what they show.</param>
/// <param name="Data">The data set that the figure was made from; it is printed below the panels.</param>
/// <param name="Note">The note below all panels: the number of seeds, and whatever else a reader must know.</param>
/// <param name="Columns">The number of panels per row, ≥ 1.</param>
/// <param name="Panels">The panels, row by row; those without data are not drawn.</param>
/// <param name="HasEqualRanges">Whether axes of the same name have the same range in all panels.</param>
public sealed record Figure(
    string Title,
    string Data,
    string Note,
    int Columns,
    IReadOnlyList<Panel> Panels,
    bool HasEqualRanges = true
)
{
    /// <summary>The text below the panels: the data, then the note.</summary>
    public string Footer => $"Data: {Data}. {Note}";
}
