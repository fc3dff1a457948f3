namespace Reproduction.Figures;

/// <summary>A table as it is printed.</summary>
/// <param name="Title">Its caption.</param>
/// <param name="Data">The data set it was made from; every writer prints it with the caption.</param>
/// <param name="Columns">Headings; the first column names the rows.</param>
/// <param name="Rows">Cells as text, one a column.</param>
/// <param name="Notes">Paragraphs below the table.</param>
public sealed record Table(
    string Title,
    string Data,
    IReadOnlyList<string> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string> Notes
)
{
    /// <summary>The title with the data set.</summary>
    public string Caption => $"{Title} ({Data})";
}
