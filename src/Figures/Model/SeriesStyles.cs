using System.Text;

namespace Reproduction.Figures;

/// <summary>
/// The styles of series. A rule has the same colour and marker in every figure. The first six colours are those that
/// people with any kind of colour vision can tell apart (Okabe and Ito 2008), without their yellow, which is too light
/// on white.
/// </summary>
public static class SeriesStyles
{
    /// <summary>The colour of text, of axes and of what stands for no rule.</summary>
    public const string Ink = "#222222";

    private static readonly string[] Colours =
    [
        "#0072B2",
        "#D55E00",
        "#009E73",
        "#CC79A7",
        "#E69F00",
        "#56B4E9",
        "#7F5539",
        "#222222",
    ];

    private static readonly SeriesMarker[] Markers =
    [
        SeriesMarker.Circle,
        SeriesMarker.Square,
        SeriesMarker.TriangleUp,
        SeriesMarker.Diamond,
        SeriesMarker.TriangleDown,
        SeriesMarker.Cross,
        SeriesMarker.OpenCircle,
        SeriesMarker.OpenSquare,
        SeriesMarker.OpenTriangleUp,
        SeriesMarker.OpenDiamond,
        SeriesMarker.OpenTriangleDown,
    ];

    private static readonly Dictionary<string, SeriesStyle> Rules = new(StringComparer.Ordinal)
    {
        ["random"] = new(Ink, SeriesMarker.OpenCircle, SeriesLine.Dashed),
        ["pca"] = new("#888888", SeriesMarker.OpenSquare, SeriesLine.Dashed),
        ["competitive"] = new("#0072B2", SeriesMarker.Circle),
        ["softhebb"] = new("#D55E00", SeriesMarker.Square),
        ["hebbnet"] = new("#009E73", SeriesMarker.TriangleUp),
        ["backprop"] = new("#CC79A7", SeriesMarker.Diamond),
        ["kickback"] = new("#E69F00", SeriesMarker.TriangleDown),
        ["target-propagation"] = new("#56B4E9", SeriesMarker.OpenCircle),
        ["difference-target-propagation"] = new("#7F5539", SeriesMarker.OpenSquare),
        ["hebb"] = new("#999933", SeriesMarker.OpenTriangleUp),
        ["oja"] = new("#882255", SeriesMarker.OpenDiamond),
        ["krotov-hopfield"] = new("#44AA99", SeriesMarker.Cross),
        ["influence-hebb"] = new("#332288", SeriesMarker.OpenTriangleDown),
    };

    /// <summary>Returns the style of a learning rule by its id; a rule of a plugin has one by its name.</summary>
    public static SeriesStyle OfRule(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (Rules.TryGetValue(id, out SeriesStyle? style))
        {
            return style;
        }

        // FNV-1a: the same on every machine and in every run. Dotted, as no rule of the suite is.
        uint hash = Encoding.UTF8.GetBytes(id).Aggregate(2166136261u, (sum, part) => (sum ^ part) * 16777619u);
        return new SeriesStyle(
            Colours[hash % (uint)Colours.Length],
            Markers[hash / 8 % (uint)Markers.Length],
            SeriesLine.Dotted
        );
    }

    /// <summary>Returns the style of the i-th series of a figure that has backprop too, whose colour is left
    /// out.</summary>
    public static SeriesStyle OfArm(int index) => At(index < 3 ? index : index + 1);

    /// <summary>
    /// Returns the style of the i-th series of a figure whose series are no rules; neighbours differ in colour and
    /// marker, and every second one is dashed.
    /// </summary>
    public static SeriesStyle At(int index) =>
        new(
            Colours[index % Colours.Length],
            Markers[index % Markers.Length],
            index % 2 == 0 ? SeriesLine.Solid : SeriesLine.Dashed
        );
}
