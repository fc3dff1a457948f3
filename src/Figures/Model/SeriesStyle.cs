namespace Reproduction.Figures;

/// <summary>How a series is drawn. Its marker and its dashes tell it apart where its colour does not.</summary>
/// <param name="Colour">The colour as #RRGGBB.</param>
public sealed record SeriesStyle(string Colour, SeriesMarker Marker, SeriesLine Line = SeriesLine.Solid);

/// <summary>The marker of a series' points.</summary>
public enum SeriesMarker
{
    Circle,
    Square,
    TriangleUp,
    Diamond,
    TriangleDown,
    Cross,
    OpenCircle,
    OpenSquare,
    OpenTriangleUp,
    OpenDiamond,
    OpenTriangleDown,
}

/// <summary>The line between a series' points.</summary>
public enum SeriesLine
{
    Solid,
    Dashed,
    Dotted,
}
