using Reproduction.Figures;

namespace Reproduction.Studies.Drawing;

/// <summary>How a verdict looks wherever it stands: on figures, on the terminal and in the report.</summary>
/// <param name="Kind">The class on pages of all verdicts that look alike.</param>
/// <param name="Colour">The colour as #RRGGBB.</param>
public sealed record VerdictStyle(string Kind, string Colour)
{
    private static readonly VerdictStyle Good = new("good", "#009E73");
    private static readonly VerdictStyle Bad = new("bad", "#D55E00");
    private static readonly VerdictStyle Artefact = new("artefact", "#7B5EA7");
    private static readonly VerdictStyle Even = new("even", "#5B6B7B");
    private static readonly VerdictStyle Open = new("open", SeriesStyles.Ink);

    // The beginnings of verdicts; all others are open.
    private static readonly (string Word, VerdictStyle Style)[] Table =
    [
        ("better", Good),
        ("worse", Bad),
        ("equivalent", Even),
        ("reproduced", Good),
        ("not reproduced", Bad),
        ("artefact of", Artefact),
    ];

    /// <summary>Whether the verdict says nothing either way.</summary>
    public bool IsOpen => this == Open;

    /// <summary>Every style once.</summary>
    public static IReadOnlyList<VerdictStyle> All => [Good, Bad, Artefact, Even, Open];

    /// <summary>Returns the style of a verdict in words.</summary>
    public static VerdictStyle Of(string verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return Table.FirstOrDefault(row => verdict.StartsWith(row.Word, StringComparison.Ordinal)).Style ?? Open;
    }
}
