namespace Reproduction.Figures;

/// <summary>A table as it is printed, with its cells as text.</summary>
/// <param name="Title">The title of the table.</param>
/// <param name="Data">The data set that the table was made from; every writer prints it with the caption.</param>
/// <param name="Columns">The headings of the columns; the first column names the rows.</param>
/// <param name="Rows">The rows, each with one text per column.</param>
/// <param name="Notes">The paragraphs below the table.</param>
public sealed record Table(
    string Title,
    string Data,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The caption: the title with the data set.</summary>
    public string Caption => $"{Title} ({Data})";
}
