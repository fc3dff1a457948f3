namespace Reproduction.Figures;

/// <summary>
/// A palette of colours that people with any kind of colour vision can tell apart (Okabe and Ito 2008), darkest first
/// for print.
/// </summary>
public static class Palette
{
    private static readonly string[] Colours =
    [
        "#000000",
        "#0072B2",
        "#D55E00",
        "#009E73",
        "#CC79A7",
        "#E69F00",
        "#56B4E9",
        "#F0E442",
    ];

    /// <summary>
    /// Returns the colour of an index as #RRGGBB; indices beyond the last start again from the first.
    /// </summary>
    public static string Hex(int index) => Colours[index % Colours.Length];
}
