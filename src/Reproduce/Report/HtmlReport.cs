using System.Reflection;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Reproduction.Figures;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>
/// Writes the report as one self-contained page that includes its style, script and figures: what was found, what the
/// user has run, the claims, a chapter on each paper, and where all of it comes from.
/// </summary>
internal sealed class HtmlReport
{
    private static readonly string[] Void = ["meta", "input", "br"];

    private readonly ReportContent content;
    private readonly HtmlParts parts;
    private readonly ClaimCards claims;

    private HtmlReport(ReportContent content, string folder)
    {
        this.content = content;
        parts = new HtmlParts(folder);
        claims = new ClaimCards(content, SectionOf);
    }

    /// <summary>Writes the page and returns its bytes.</summary>
    /// <param name="folder">The folder of the page; links to files are relative to it.</param>
    public static byte[] Write(ReportContent content, string folder) => new HtmlReport(content, folder).Write();

    private byte[] Write()
    {
        object[] main = [.. FirstScreen(), .. Own(), .. Claims(), .. Papers(), .. Sources()];
        XElement page = new(
            "html",
            new XAttribute("lang", "en"),
            Head(),
            new XElement("body", parts.Letters(), Navigation(), new XElement("main", main), Script())
        );
        foreach (XText foreign in page.DescendantNodes().OfType<XText>())
        {
            foreign.Value = ForeignText.Of(foreign.Value);
        }

        foreach (XAttribute foreign in page.Descendants().Attributes())
        {
            foreign.Value = ForeignText.Of(foreign.Value);
        }

        // A browser takes <p/> for the beginning of a paragraph.
        foreach (
            XElement empty in page.Descendants()
                .Where(element =>
                    element.IsEmpty
                    && element.Name.Namespace == XNamespace.None
                    && !Void.Contains(element.Name.LocalName)
                )
        )
        {
            empty.Value = "";
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
            Raw("style", "/*", Resource("report.css") + VerdictColours(), "*/")
        );

    private static XElement Script() => Raw("script", "/*", Resource("report.js"), "*/");

    /// <summary>The colours of verdicts, lighter on a dark page.</summary>
    private static string VerdictColours() =>
        string.Concat(
            VerdictStyle.All.Select(style =>
                $".{style.Kind} {{ --verdict: {style.Colour}; }}\n"
                + "@media (prefers-color-scheme: dark) { "
                + $".{style.Kind} {{ --verdict: color-mix(in srgb, {style.Colour} 60%, white); }} }}\n"
            )
        );

    /// <summary>
    /// Makes an element whose text a browser takes as it stands. Nothing in it is escaped; the CDATA marks that XML
    /// needs are hidden in comments.
    /// </summary>
    private static XElement Raw(string name, string open, string text, string close) =>
        new(name, open, new XCData($"{close}\n{text}{open}"), close);

    private XElement Navigation()
    {
        XElement Item(string anchor, string text, params object[] below) =>
            new("li", HtmlParts.Link($"#{anchor}", text), below);
        return new XElement(
            "nav",
            new XAttribute("aria-label", "Contents"),
            new XElement(
                "details",
                new XAttribute("open", ""),
                new XElement("summary", "Contents"),
                new XElement(
                    "ul",
                    Item("found", "What was found?"),
                    Item("own", "What have you run?"),
                    Item("claims", "Which claims hold?"),
                    content.Papers.Select(chapter =>
                        Item(
                            Anchor(chapter),
                            $"{chapter.Title}, {chapter.DataSet}",
                            new XElement(
                                "ul",
                                chapter.Sections.Select(section => Item(Anchor(chapter, section), section.Question))
                            )
                        )
                    ),
                    Item("runs", "Where does this come from?")
                )
            )
        );
    }

    private IEnumerable<object> FirstScreen()
    {
        const int most = 5;
        yield return new XElement(
            "h1",
            new XAttribute("id", "found"),
            "Is learning without backpropagation better than random projections?"
        );
        yield return new XElement(
            "p",
            new XAttribute("class", "lead"),
            "Networks were trained by rules that do not use backpropagation, and by backpropagation beside them. A "
                + "probe, a linear classifier on a hidden layer's activity, says what the layer is worth: its test "
                + "accuracy, against that on the very same layer before training, its ",
            new XElement("em", "random projections"),
            ". Figures and tables of papers were made anew, as published and with their faults repaired. Differences "
                + "are in points of test accuracy, paired by seed, with intervals for new seeds and new test samples."
        );
        yield return new XElement(
            "ul",
            new XAttribute("class", "findings"),
            content.Headlines.Take(most).Select(finding => new XElement("li", finding))
        );
        yield return claims.Strip();
        if (content.Poster is { } poster)
        {
            yield return new XElement(
                "figure",
                new XAttribute("class", "drawing poster"),
                parts.Drawing(poster.Figure)
            );
        }

        string data = string.Join(", ", content.Chapters.Select(chapter => chapter.DataSet).Distinct());
        string seeds = Cells.Seeds(content.Chapters.Max(chapter => chapter.Seeds.Count));
        yield return new XElement(
            "p",
            $"On {data}; up to {seeds}. To make it again, in the folder of the suite, with the .NET 10 SDK: ",
            HtmlParts.Command("./reproduce all --profile paper"),
            " takes about seven hours on two cores, ",
            HtmlParts.Command("./reproduce"),
            " with one seed some minutes."
        );
        foreach (string problem in content.Problems)
        {
            yield return new XElement("p", new XAttribute("class", "problem"), $"Left out: {problem}");
        }
    }

    private IEnumerable<object> Own()
    {
        yield return new XElement("h2", new XAttribute("id", "own"), "What have you run?");
        if (!content.Own.Any())
        {
            yield return new XElement(
                "p",
                "Nothing of your own yet. A comparison of rules takes seconds: ",
                HtmlParts.Command("./reproduce compare --rules softhebb,hebbnet --dataset digits --limit 6000")
            );
        }

        foreach (ReportChapter chapter in content.Own)
        {
            yield return Chapter(chapter, onlyHeadlines: true);
        }
    }

    private IEnumerable<object> Claims()
    {
        yield return new XElement("h2", new XAttribute("id", "claims"), "Which claims hold?");
        yield return new XElement(
            "p",
            "Every printed claim with the verdict that the saved results give. An artefact is a printed effect that "
                + "vanishes when one fault of the published protocol is repaired."
        );
        foreach (object part in claims.All())
        {
            yield return part;
        }
    }

    private IEnumerable<object> Papers() => content.Papers.Select(chapter => Chapter(chapter, onlyHeadlines: false));

    /// <summary>A chapter: what came of the paper, what was found, then a section per experiment.</summary>
    private XElement Chapter(ReportChapter chapter, bool onlyHeadlines)
    {
        LedgerRow[] decided =
        [
            .. content.Ledger.Where(row =>
                row.Profile == chapter.ProfileName
                && row.DataSet == chapter.DataSet
                && row.Experiment.Split('/')[0] == chapter.Paper
            ),
        ];
        string seeds = Cells.Seeds(chapter.Seeds.Count);
        return new XElement(
            "section",
            new XAttribute("class", "chapter"),
            new XElement("h2", new XAttribute("id", Anchor(chapter)), chapter.Heading),
            decided.Length == 0 ? null : new XElement("p", $"Claims: {Ledger.Summary(decided)}."),
            chapter.Seeds.Count >= DecisionTerms.FewestSeeds
                ? null
                : new XElement(
                    "p",
                    new XAttribute("class", "problem"),
                    $"{seeds}: too few to decide much. Take --seeds {DecisionTerms.FewestSeeds} or more."
                ),
            new XElement(
                "ul",
                new XAttribute("class", "findings"),
                chapter.Sections.SelectMany(section => section.Findings).Select(finding => new XElement("li", finding))
            ),
            chapter
                .Sections.Where(section => section.IsHeadline || !onlyHeadlines)
                .Select(section => Section(chapter, section)),
            onlyHeadlines ? Others(chapter) : null
        );
    }

    private XElement Section(ReportChapter chapter, ReportSection section) =>
        new(
            "section",
            new XAttribute("id", Anchor(chapter, section)),
            new XAttribute("class", section.IsHeadline ? "headline" : "more"),
            new XElement("h3", section.Question),
            section.Artefacts.Select(artefact => parts.Shown(section, artefact)),
            new XElement(
                "p",
                new XAttribute("class", "made"),
                $"{section.Provenance.DataSet}, seeds {section.Seeds}, ",
                parts.FileLink(section.Results, "CSV files"),
                ", made by ",
                HtmlParts.Command(section.Command)
            )
        );

    /// <summary>The experiments of the user's own that are not shown in full, with links to their files.</summary>
    private XElement? Others(ReportChapter chapter)
    {
        ReportSection[] others = [.. chapter.Sections.Where(section => !section.IsHeadline)];
        return others.Length == 0
            ? null
            : new XElement(
                "details",
                new XElement(
                    "summary",
                    others.Length == 1 ? "one more experiment" : $"{others.Length} more experiments"
                ),
                new XElement(
                    "ul",
                    others.Select(section => new XElement(
                        "li",
                        new XAttribute("id", Anchor(chapter, section)),
                        $"{section.Question} ",
                        section.Artefacts.SelectMany(artefact => parts.Files(section, artefact.Name, ".svg", ".md"))
                    ))
                )
            );
    }

    private IEnumerable<object> Sources()
    {
        yield return new XElement("h2", new XAttribute("id", "runs"), "Where does this come from?");
        yield return HtmlParts.Table(
            ["what", "profile", "experiments", "data", "SHA-256 of the data", "seeds", "version", "machine", "command"],
            content.Chapters.Select(chapter =>
                new object[]
                {
                    HtmlParts.Link($"#{Anchor(chapter)}", chapter.Title),
                    chapter.ProfileName,
                    chapter.Sections.Count,
                    chapter.DataSet,
                    Distinct(chapter, section => [section.Provenance.DataSetSha256[..12]], isCode: true),
                    ReportSection.SeedText(chapter.Seeds),
                    Distinct(chapter, section => section.Versions),
                    Distinct(chapter, section => section.Machines),
                    Distinct(chapter, section => [section.Command], isCode: true),
                }
            )
        );
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

    /// <summary>The anchor of the section that decides a claim; null if it is not shown.</summary>
    private string? SectionOf(LedgerRow row) =>
        (
            from chapter in content.Chapters
            where chapter.ProfileName == row.Profile && chapter.DataSet == row.DataSet
            from section in chapter.Sections
            where section.Id == row.Experiment
            select Anchor(chapter, section)
        ).FirstOrDefault();

    private string Anchor(ReportChapter chapter) => $"c{content.Chapters.ToList().IndexOf(chapter) + 1}";

    private string Anchor(ReportChapter chapter, ReportSection section) =>
        $"{Anchor(chapter)}-{section.Id.Split('/')[^1]}";

    private static string Resource(string name)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
