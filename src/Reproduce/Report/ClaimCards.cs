using System.Xml.Linq;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>The claims of the papers: a strip of all of them, and a card for each.</summary>
/// <param name="sectionOf">The anchor of the section that decides a claim; null if the page has none.</param>
internal sealed class ClaimCards(ReportContent content, Func<LedgerRow, string?> sectionOf)
{
    // A longer value is folded.
    private const int LongestValue = 160;

    /// <summary>The anchor of a claim, e.g. claim-C1-32-ridge.</summary>
    public static string Anchor(string id) => $"claim-{id.Replace('/', '-')}";

    /// <summary>Every claim as a square in the colour of its verdict, with the number of each.</summary>
    public XElement Strip() =>
        new(
            "div",
            new XAttribute("class", "strip"),
            new XElement(
                "p",
                content.Ledger.Select(row => new XElement(
                    "a",
                    new XAttribute("href", $"#{Anchor(row.Id)}"),
                    new XAttribute("class", VerdictStyle.Of(row.Verdict).Kind),
                    new XAttribute("title", $"{row.Id}: {row.Claim}: {row.Verdict}"),
                    new XAttribute("aria-label", $"{row.Id}: {row.Verdict}")
                ))
            ),
            new XElement(
                "p",
                new XAttribute("class", "counts"),
                HtmlParts.Link("#claims", $"{content.Ledger.Count} claims of the papers and findings of the suite"),
                ": ",
                content
                    .Ledger.GroupBy(row => (VerdictStyle.Of(row.Verdict).Kind, Word: Word(row.Verdict)))
                    .OrderByDescending(group => group.Count())
                    .SelectMany(group =>
                        new object[]
                        {
                            new XElement(
                                "span",
                                new XAttribute("class", $"text {group.Key.Kind}"),
                                $"{group.Count()} {group.Key.Word}"
                            ),
                            " ",
                        }
                    )
            )
        );

    /// <summary>The choices above the cards, which need a script, and the cards by claim.</summary>
    public IEnumerable<object> All()
    {
        yield return new XElement(
            "form",
            new XAttribute("class", "filters"),
            new XAttribute("hidden", ""),
            Choice("paper", content.Ledger.Select(Paper)),
            Choice("verdict", content.Ledger.Select(row => Word(row.Verdict))),
            Choice("data", content.Ledger.Select(row => row.DataSet)),
            Choice("kind", content.Ledger.Select(row => ClaimText.KindOf(row))),
            new XElement(
                "label",
                "text ",
                new XElement("input", new XAttribute("type", "search"), new XAttribute("name", "text"))
            ),
            new XElement(
                "label",
                "order ",
                new XElement(
                    "select",
                    new XAttribute("name", "order"),
                    new[] { "id", "verdict", "data" }.Select(order => new XElement("option", order))
                )
            ),
            new XElement("output")
        );
        yield return new XElement(
            "div",
            new XAttribute("class", "cards"),
            content.Ledger.OrderBy(row => row.Kind).GroupBy(GroupOf).SelectMany(Group)
        );
    }

    private IEnumerable<XElement> Group(IGrouping<string, LedgerRow> group)
    {
        LedgerRow[] rows = [.. group];
        string name = rows[0].Id.Split('/')[0];
        if (rows.Length > 1 || rows[0].Id != name)
        {
            yield return new XElement(
                "h3",
                new XAttribute("id", group.Key),
                $"{name} ({Paper(rows[0])}): {Ledger.Summary(rows)}"
            );
        }

        foreach (LedgerRow row in rows)
        {
            yield return Card(row);
        }
    }

    private XElement Card(LedgerRow row)
    {
        string anchor = Anchor(row.Id);
        XElement? plot = ClaimInterval.Of(row.Value);
        bool isFolded = row.Value.Length > LongestValue;
        string shown = isFolded ? Beginning(row.Value) : row.Value;
        return new XElement(
            "article",
            new XAttribute("class", "claim"),
            new XAttribute("id", anchor),
            new XAttribute("data-id", row.Id),
            new XAttribute("data-group", GroupOf(row)),
            new XAttribute("data-paper", Paper(row)),
            new XAttribute("data-verdict", Word(row.Verdict)),
            new XAttribute("data-data", row.DataSet),
            new XAttribute("data-kind", ClaimText.KindOf(row)),
            new XElement(
                "p",
                new XAttribute("class", "head"),
                HtmlParts.Badge(row.Verdict),
                " ",
                HtmlParts.Link($"#{anchor}", row.Id),
                row.Kind == ClaimKind.Empirical ? $" {row.DataSet}" : $" {row.DataSet}, {ClaimText.KindOf(row)}"
            ),
            new XElement("p", new XAttribute("class", "statement"), row.Claim),
            new XElement(
                "dl",
                new XElement("dt", "printed"),
                new XElement("dd", row.Printed),
                new XElement("dt", "ours"),
                new XElement("dd", shown),
                plot is null ? null : new XElement("dd", new XAttribute("class", "plot"), plot)
            ),
            new XElement(
                "details",
                new XElement("summary", "how it was decided"),
                isFolded ? new XElement("p", row.Value) : null,
                new XElement("p", $"Rule: {row.Rule}."),
                row.Estimate is null
                    ? null
                    : new XElement(
                        "p",
                        $"The verdict hangs on {ClaimText.EvidenceOf(row)}. The verdict is unchanged when "
                            + "one seed is left out: "
                            + $"{ClaimText.StabilityOf(row)}."
                    ),
                new XElement(
                    "p",
                    row.Kind == ClaimKind.Finding ? "Refers to: " : "Printed in: ",
                    $"{row.Source} ({ClaimText.BasisOf(row)}). Decided by ",
                    sectionOf(row) is { } section ? HtmlParts.Link($"#{section}", row.Experiment) : row.Experiment,
                    row.Profile.Length > 0 ? $", results of the {row.Profile} profile." : ", which was not run."
                ),
                new XElement("p", HtmlParts.Command(row.Command))
            )
        );
    }

    /// <summary>As much of a value as can be read at once, up to the end of a part of it.</summary>
    private static string Beginning(string value)
    {
        int end = value.LastIndexOfAny([';', ','], LongestValue);
        return $"{value[..(end > 0 ? end : LongestValue)]}; …";
    }

    private static XElement Choice(string name, IEnumerable<string> values) =>
        new(
            "label",
            $"{name} ",
            new XElement(
                "select",
                new XAttribute("name", name),
                new XElement("option", new XAttribute("value", ""), "all"),
                values.Distinct().Order(StringComparer.Ordinal).Select(value => new XElement("option", value))
            )
        );

    /// <summary>The anchor of a group's heading: C1, with the suite's own findings on it apart.</summary>
    private static string GroupOf(LedgerRow row) =>
        (row.Kind == ClaimKind.Finding ? "finding-" : "claim-") + row.Id.Split('/')[0];

    private static string Paper(LedgerRow row) => row.Experiment.Split('/')[0];

    /// <summary>The verdict without its details: "artefact of F1, F2" is an artefact.</summary>
    private static string Word(string verdict) => verdict.Split(" of ")[0];
}
