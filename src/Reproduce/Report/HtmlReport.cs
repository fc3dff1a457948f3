using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>Writes the report as one self-contained page that includes its style, script and figures.</summary>
internal static class HtmlReport
{
    private static readonly SvgFigureWriter FigureWriter = new();

    /// <summary>Writes the page and returns its bytes.</summary>
    public static byte[] Write(ReportContent content)
    {
        XElement page = new(
            "html",
            new XAttribute("lang", "en"),
            Head(),
            new XElement("body", Navigation(content), new XElement("main", Body(content)), Script())
        );
        foreach (XText foreign in page.DescendantNodes().OfType<XText>())
        {
            foreign.Value = ForeignText.Of(foreign.Value);
        }

        foreach (XAttribute foreign in page.Descendants().Attributes())
        {
            foreign.Value = ForeignText.Of(foreign.Value);
        }

        StringBuilder text = new("<!DOCTYPE html>\n");
        using (
            XmlWriter writer = XmlWriter.Create(
                text,
                new XmlWriterSettings { OmitXmlDeclaration = true, NewLineChars = "\n" }
            )
        )
        {
            page.Save(writer);
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static XElement Head() =>
        new(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement(
                "meta",
                new XAttribute("name", "viewport"),
                new XAttribute("content", "width=device-width, initial-scale=1")
            ),
            new XElement("title", "Reproduction: report"),
            Raw("style", "/*", Resource("report.css"), "*/")
        );

    private static XElement Script() => Raw("script", "/*", Resource("report.js"), "*/");

    /// <summary>
    /// Makes an element whose text a browser takes as it stands. Nothing in it is escaped; the CDATA marks that XML
    /// needs are hidden in comments.
    /// </summary>
    private static XElement Raw(string name, string open, string text, string close) =>
        new(name, open, new XCData($"{close}\n{text}{open}"), close);

    private static XElement Navigation(ReportContent content) =>
        new(
            "nav",
            new XAttribute("aria-label", "Contents"),
            new XElement(
                "details",
                new XAttribute("open", ""),
                new XElement("summary", "Contents"),
                new XElement(
                    "ul",
                    new XElement("li", Link("#runs", "What was run")),
                    new XElement("li", Link("#claims", "Claims")),
                    content.Chapters.Select(
                        (chapter, c) =>
                            new XElement(
                                "li",
                                Link($"#{Anchor(c)}", Heading(chapter)),
                                new XElement(
                                    "ul",
                                    chapter.Sections.Select(
                                        (section, s) => new XElement("li", Link($"#{Anchor(c, s)}", Name(section)))
                                    )
                                )
                            )
                    )
                )
            )
        );

    private static IEnumerable<object> Body(ReportContent content)
    {
        int figures = content.Chapters.Sum(chapter => chapter.Sections.Sum(section => section.Artefacts.Count));
        yield return new XElement("h1", "Reproduction: report");
        yield return new XElement(
            "p",
            "Networks trained by local learning rules, compared with random projections: the same network, untrained. ",
            "A probe is a linear classifier on a hidden layer's activity; it says what the layer is "
                + "worth. The paper profile takes up to ten seeds and comes with the suite; the quick profile "
                + "takes one and is what ",
            new XElement("code", "./reproduce"),
            " makes on the machine at hand. The table below says which was made where. Rules, faults (F1 "
                + "to F10), probes and statistics are explained in the suite's docs folder."
        );
        yield return new XElement(
            "p",
            $"{content.Ledger.Count} claims of the papers, each decided by the saved results of the "
                + $"paper profile where there are any: {Ledger.Summary(content.Ledger)}. An artefact is a "
                + "printed effect that vanishes when one fault of the published protocol is repaired. "
                + $"{content.Chapters.Sum(chapter => chapter.Sections.Count)} experiments, {figures} figures "
                + "and tables."
        );
        foreach (string problem in content.Problems)
        {
            yield return new XElement("p", new XAttribute("class", "problem"), $"Left out: {problem}");
        }

        yield return new XElement("h2", new XAttribute("id", "runs"), "What was run, and on what");
        yield return Table(
            [
                "what",
                "profile",
                "experiments",
                "data",
                "SHA-256 of the data",
                "seeds",
                "version (commit)",
                "machine",
                "command",
            ],
            content.Chapters.Select(
                (chapter, c) =>
                    new object[]
                    {
                        Link($"#{Anchor(c)}", chapter.Title),
                        ProfileOf(chapter),
                        chapter.Sections.Count,
                        chapter.DataSet,
                        Distinct(chapter, section => [section.Provenance.DataSetSha256[..12]], isCode: true),
                        ReportSection.SeedText([
                            .. chapter.Sections.SelectMany(section => section.Provenance.Seeds).Distinct().Order(),
                        ]),
                        Distinct(chapter, section => section.Versions),
                        Distinct(chapter, section => section.Machines),
                        Distinct(chapter, section => [section.Command], isCode: true),
                    }
            )
        );
        yield return new XElement("h2", new XAttribute("id", "claims"), "Claims");
        yield return new XElement(
            "p",
            "Every printed claim, what it rests on, what was measured, and the verdict computed from it. "
                + "A heading sorts by its column."
        );
        yield return Claims(content);
        for (int c = 0; c < content.Chapters.Count; c++)
        {
            yield return new XElement("h2", new XAttribute("id", Anchor(c)), Heading(content.Chapters[c]));
            for (int s = 0; s < content.Chapters[c].Sections.Count; s++)
            {
                yield return Section(content.Chapters[c].Sections[s], Anchor(c, s));
            }
        }
    }

    private static IEnumerable<XElement> Distinct(
        ReportChapter chapter,
        Func<ReportSection, IEnumerable<string>> of,
        bool isCode = false
    ) =>
        chapter
            .Sections.SelectMany(of)
            .Distinct()
            .Select(text => new XElement("div", isCode ? new XElement("code", text) : text));

    private static XElement Claims(ReportContent content)
    {
        // The anchor of the section that shows an experiment's results on a data set.
        ILookup<(string Id, string Profile, string DataSet), string> anchors = content
            .Chapters.SelectMany(
                (chapter, c) =>
                    chapter.Sections.Select(
                        (section, s) => (Key: (section.Id, ProfileOf(chapter), chapter.DataSet), Anchor: Anchor(c, s))
                    )
            )
            .ToLookup(place => place.Key, place => place.Anchor);
        XElement Decider(LedgerRow row)
        {
            string? anchor = anchors[(row.Experiment, row.Profile, row.DataSet)].FirstOrDefault();
            return anchor is null
                ? new XElement("span", row.Experiment)
                : Link($"#{anchor}", row.Experiment.Split('/')[^1]);
        }

        XElement table = Table(
            ["", "claim", "where", "data", "printed", "measured", "verdict", "decided by"],
            content.Ledger.Select(row =>
                new object[]
                {
                    row.Id,
                    row.Claim,
                    row.Source,
                    row.DataSet,
                    row.Printed,
                    row.Value,
                    new XElement("span", new XAttribute("class", $"verdict {ClassOf(row.Verdict)}"), row.Verdict),
                    Decider(row),
                }
            )
        );
        table.Add(new XAttribute("id", "claims-table"));
        return table;
    }

    /// <summary>The style of a verdict's badge.</summary>
    private static string ClassOf(string verdict) =>
        verdict.StartsWith("reproduced", StringComparison.Ordinal) ? "holds"
        : verdict.StartsWith(Finding.NotTestable, StringComparison.Ordinal) ? "open"
        : "fails";

    private static XElement Section(ReportSection section, string anchor) =>
        new(
            "section",
            new XAttribute("id", anchor),
            new XElement("h3", Name(section)),
            new XElement("p", $"{char.ToUpperInvariant(section.Summary[0])}{section.Summary[1..]}."),
            section.Artefacts.Select(Figure),
            new XElement(
                "p",
                new XAttribute("class", "made"),
                "Made by ",
                new XElement("code", section.Command),
                $", version {string.Join(", ", section.Versions)}, seeds {section.Seeds}, on "
                    + $"{section.Provenance.DataSet} (SHA-256 {section.Provenance.DataSetSha256[..12]}…)."
            )
        );

    private static XElement Figure(Artefact artefact) =>
        artefact switch
        {
            FigureArtefact { Figure: { } figure } => new XElement(
                "figure",
                new XAttribute("class", "drawing"),
                Drawing(figure),
                new XElement("figcaption", $"{figure.Title}. {figure.Footer}")
            ),
            TableArtefact { Table: { } table } => new XElement(
                "figure",
                new XElement("figcaption", table.Caption),
                Table(table.Columns, table.Rows.Select(row => row.Cast<object>().ToArray())),
                table.Notes.Select(note => new XElement("p", new XAttribute("class", "note"), note))
            ),
            _ => throw new ArgumentException($"The report cannot show a {artefact.GetType().Name}.", nameof(artefact)),
        };

    /// <summary>Draws the figure as SVG, with its title as a label for screen readers.</summary>
    private static XElement Drawing(Figure figure)
    {
        XElement drawing = XDocument.Load(new MemoryStream(FigureWriter.Draw(figure))).Root!;
        drawing.SetAttributeValue("role", "img");
        drawing.SetAttributeValue("aria-label", figure.Title);
        return drawing;
    }

    private static XElement Table(IReadOnlyList<string> columns, IEnumerable<object[]> rows) =>
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

    private static XElement Link(string to, string text) => new("a", new XAttribute("href", to), text);

    private static string Heading(ReportChapter chapter) =>
        $"{chapter.Title}: {chapter.DataSet}{(chapter.Profile == Profile.Quick ? ", quick profile" : "")}";

    private static string ProfileOf(ReportChapter chapter) =>
        chapter.Profile is { } profile ? KebabCase.From(profile) : "";

    private static string Name(ReportSection section) => section.Id.Split('/')[^1];

    private static string Anchor(int chapter) => $"c{chapter + 1}";

    private static string Anchor(int chapter, int section) => $"c{chapter + 1}-{section + 1}";

    private static string Resource(string name)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
