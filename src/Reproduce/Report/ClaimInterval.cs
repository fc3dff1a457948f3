using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Reproduction.CommandLine.Report;

/// <summary>A small plot of the intervals that a claim's value has, around a line at 0.</summary>
internal static partial class ClaimInterval
{
    private const double Width = 160;
    private const double RowHeight = 16;
    private const double LabelWidth = 130;
    private const int MostRows = 6;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>Returns the plot; null if the value has no intervals with their signs.</summary>
    public static XElement? Of(string value)
    {
        (string Label, double Value, double Low, double High)[] rows =
        [
            .. Interval()
                .Matches(value)
                .Select(match =>
                    (
                        match.Groups["label"].Value.Trim(),
                        Number(match.Groups["value"].Value),
                        Number(match.Groups["low"].Value),
                        Number(match.Groups["high"].Value)
                    )
                )
                .Take(MostRows),
        ];
        if (rows.Length == 0)
        {
            return null;
        }

        double low = Math.Min(0, rows.Min(row => row.Low)),
            high = Math.Max(0, rows.Max(row => row.High)),
            range = high > low ? high - low : 1;
        double At(double number) => LabelWidth + 6 + ((number - low) / range * (Width - 12));
        return new XElement(
            Svg + "svg",
            new XAttribute("class", "interval"),
            new XAttribute("role", "img"),
            new XAttribute("aria-label", "intervals around 0"),
            new XAttribute("width", LabelWidth + Width),
            new XAttribute("height", rows.Length * RowHeight),
            Line("zero", At(0), 0, At(0), rows.Length * RowHeight),
            rows.Select(
                (row, i) =>
                {
                    double middle = (i + 0.5) * RowHeight;
                    string kind =
                        row.Low > 0 ? "good"
                        : row.High < 0 ? "bad"
                        : "open";
                    return new object[]
                    {
                        new XElement(
                            Svg + "text",
                            new XAttribute("x", LabelWidth - 6),
                            new XAttribute("y", middle + 4),
                            new XAttribute("text-anchor", "end"),
                            row.Label
                        ),
                        Line(kind, At(row.Low), middle, At(row.High), middle),
                        new XElement(
                            Svg + "circle",
                            new XAttribute("class", kind),
                            new XAttribute("cx", Text(At(row.Value))),
                            new XAttribute("cy", middle),
                            new XAttribute("r", 3)
                        ),
                    };
                }
            )
        );
    }

    private static XElement Line(string kind, double x1, double y1, double x2, double y2) =>
        new(
            Svg + "line",
            new XAttribute("class", kind),
            new XAttribute("x1", Text(x1)),
            new XAttribute("y1", Text(y1)),
            new XAttribute("x2", Text(x2)),
            new XAttribute("y2", Text(y2))
        );

    private static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    private static double Number(string text) =>
        double.Parse(text.Replace('−', '-'), NumberStyles.Float, CultureInfo.InvariantCulture);

    // "Competitive −13.00 [−17.20, −9.78]": a signed number, then its interval.
    [GeneratedRegex(
        @"(?<label>\b[A-Za-z][A-Za-z ]{0,18})?\s?(?<value>[+−]\d+(\.\d+)?) "
            + @"\[(?<low>[+−]?\d+(\.\d+)?), (?<high>[+−]?\d+(\.\d+)?)\]"
    )]
    private static partial Regex Interval();
}
