namespace Reproduction.Figures;

/// <summary>
/// A panel of pairs of values, one pair below the other: an open circle for the value before, a filled marker for the
/// value after, and a line between them.
/// </summary>
/// <param name="XLabel">The name of the x axis, with its unit.</param>
/// <param name="Rows">The rows, from the top.</param>
public sealed record DumbbellPanel(string Title, string XLabel, IReadOnlyList<DumbbellRow> Rows) : Panel(Title);

/// <summary>One row of a dumbbell panel.</summary>
/// <param name="Label">The label to the left of the plot.</param>
/// <param name="Style">The style of the marker of the value after.</param>
/// <param name="Before">The value before.</param>
/// <param name="After">The value after.</param>
/// <param name="Text">The text to the right of the plot: what follows from the values.</param>
/// <param name="LineColour">The colour of the line between the values, as #RRGGBB.</param>
public sealed record DumbbellRow(
    string Label,
    SeriesStyle Style,
    double Before,
    double After,
    string Text,
    string LineColour
);
