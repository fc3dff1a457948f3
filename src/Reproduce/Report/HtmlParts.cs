using System.Xml.Linq;
using Reproduction.Figures;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>
/// The parts that pages are made of. Letters of figures are shared by the whole page, so that each is defined once.
/// </summary>
/// <param name="folder">The folder of the page; links to files are relative to it.</param>
internal sealed class HtmlParts(string folder)
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly XNamespace XLink = "http://www.w3.org/1999/xlink";

    private readonly SortedDictionary<string, XElement> letters = new(StringComparer.Ordinal);
    private int drawings;

    /// <summary>A link within the page.</summary>
    public static XElement Link(string to, params object[] content) => new("a", new XAttribute("href", to), content);

    /// <summary>A verdict in words, in its colour.</summary>
    public static XElement Badge(string verdict) =>
        new("span", new XAttribute("class", $"badge {VerdictStyle.Of(verdict).Kind}"), verdict);

    /// <summary>A table whose headings sort it; it scrolls within the page.</summary>
    public static XElement Table(IReadOnlyList<string> columns, IEnumerable<object[]> rows) =>
        new(
            "div",
            new XAttribute("class", "scroll"),
            new XElement(
                "table",
                new XElement(
                    "thead",
                    new XElement(
                        "tr",
                        columns.Select(column => new XElement(
                            "th",
                            new XAttribute("scope", "col"),
                            new XElement("button", new XAttribute("type", "button"), column.Length > 0 ? column : "id")
                        ))
                    )
                ),
                new XElement(
                    "tbody",
                    rows.Select(row => new XElement("tr", row.Select(cell => new XElement("td", cell))))
                )
            )
        );

    /// <summary>A command with a button that copies it.</summary>
    public static XElement Command(string command) =>
        new(
            "span",
            new XAttribute("class", "command"),
            new XElement("code", command),
            new XElement("button", new XAttribute("type", "button"), new XAttribute("class", "copy"), "copy")
        );

    /// <summary>A figure or table with its caption and links to its files.</summary>
    /// <param name="section">The section that it belongs to.</param>
    public XElement Shown(ReportSection section, Artefact artefact) =>
        artefact switch
        {
            FigureArtefact { Figure: { } figure } => new XElement(
                "figure",
                new XAttribute("class", "drawing"),
                Drawing(figure),
                new XElement("figcaption", Files(section, artefact.Name, ".svg", ".png", ".pdf"))
            ),
            TableArtefact { Table: { } table } => new XElement(
                "figure",
                new XElement("figcaption", table.Caption),
                Table(table.Columns, table.Rows.Select(row => row.Select(Cell).ToArray())),
                table.Notes.Select(note => new XElement("p", new XAttribute("class", "note"), note)),
                new XElement("p", new XAttribute("class", "note"), Files(section, artefact.Name, ".csv", ".md", ".tex"))
            ),
            _ => throw new ArgumentException($"The report cannot show a {artefact.GetType().Name}.", nameof(artefact)),
        };

    /// <summary>Draws a figure, with its title as a label for screen readers.</summary>
    public XElement Drawing(Figure figure)
    {
        XElement drawing = XDocument.Load(new MemoryStream(FigureFiles.Svg(figure))).Root!;
        drawing.SetAttributeValue("aria-label", figure.Title);
        drawing.SetAttributeValue("style", $"--natural: {(string)drawing.Attribute("width")!}px");
        XElement definitions = drawing.Elements(Svg + "defs").First();
        foreach (XElement letter in definitions.Elements().ToArray())
        {
            letters.TryAdd((string)letter.Attribute("id")!, letter);
        }

        definitions.Remove();
        string prefix = $"f{++drawings}-";
        foreach (XAttribute id in drawing.Descendants().Attributes("id"))
        {
            id.Value = prefix + id.Value;
        }

        foreach (XAttribute reference in drawing.Descendants().Attributes())
        {
            if (reference.Name == "clip-path")
            {
                reference.Value = reference.Value.Replace("#", $"#{prefix}", StringComparison.Ordinal);
            }
            else if (
                reference.Name == XLink + "href"
                && reference.Value[0] == '#'
                && !letters.ContainsKey(reference.Value[1..])
            )
            {
                reference.Value = $"#{prefix}{reference.Value[1..]}";
            }
        }

        return drawing;
    }

    /// <summary>The letters of all drawings so far; they stand once on the page.</summary>
    public XElement Letters() =>
        new(
            Svg + "svg",
            new XAttribute("class", "letters"),
            new XAttribute("aria-label", "letters of the figures"),
            new XAttribute("width", 0),
            new XAttribute("height", 0),
            new XElement(Svg + "defs", letters.Values)
        );

    /// <summary>A link to a file, relative to the page.</summary>
    public XElement FileLink(string path, string text) =>
        Link(
            string.Join(
                '/',
                Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)
            ),
            text
        );

    /// <summary>Links to those files of a figure or table that are there.</summary>
    public IEnumerable<object> Files(ReportSection section, string name, params string[] extensions) =>
        extensions
            .Where(extension => File.Exists(Path.Combine(section.Folder, name + extension)))
            .SelectMany(extension =>
                new object[]
                {
                    FileLink(Path.Combine(section.Folder, name + extension), extension[1..].ToUpperInvariant()),
                    " ",
                }
            );

    /// <summary>A cell; a verdict in it has its colour.</summary>
    private static object Cell(string text)
    {
        VerdictStyle style = VerdictStyle.Of(text);
        return style.IsOpen ? text : new XElement("span", new XAttribute("class", $"text {style.Kind}"), text);
    }
}
