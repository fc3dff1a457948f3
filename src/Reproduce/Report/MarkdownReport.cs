using System.Globalization;
using System.Text;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>
/// Writes the report as Markdown with links to figures and tables. It covers the paper profile, or all results if that
/// profile was not run.
/// </summary>
internal static class MarkdownReport
{
    /// <summary>Writes the report and returns the file's bytes.</summary>
    /// <param name="folder">The folder of the file; links are relative to it.</param>
    public static byte[] Write(ReportContent content, string folder)
    {
        ReportChapter[] chapters = [.. content.Chapters.Where(chapter => chapter.Profile == Profile.Paper)];
        StringBuilder text = new("# Report: is learning without backpropagation better than random projections?\n\n");
        text.Append(
            "Drawn from saved results by `./reproduce report`, which also writes the same with all figures on one "
                + "page, `report/index.html`.\n\n## What was found?\n\n"
        );
        foreach (string finding in content.Headlines)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {MarkdownTable.Escape(finding)}\n");
        }

        foreach (string problem in content.Problems)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nLeft out: {MarkdownTable.Escape(problem)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n## Which claims hold?\n\n{Ledger.Summary(content.Ledger)}.\n\n");
        text.Append(Claims(content));
        foreach (ReportChapter chapter in chapters.Length > 0 ? chapters : content.Chapters)
        {
            text.Append($"\n## {MarkdownTable.Escape(chapter.Heading)}\n");
            foreach (string finding in chapter.Sections.SelectMany(section => section.Findings))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n- {MarkdownTable.Escape(finding)}");
            }

            text.Append('\n');
            foreach (ReportSection section in chapter.Sections)
            {
                string Link(string name, string extension) =>
                    $"{Path.GetRelativePath(folder, Path.Combine(section.Folder, name)).Replace('\\', '/')}{extension}";
                text.Append($"\n### {section.Question}\n\n");
                foreach (Artefact artefact in section.Artefacts)
                {
                    text.Append(
                        artefact switch
                        {
                            TableArtefact { Table: { } table } when section.IsHeadline =>
                                $"{MarkdownTable.Write(table)}\n",
                            TableArtefact { Table: { } table } =>
                                $"- Table: [{MarkdownTable.Escape(table.Title)}]({Link(artefact.Name, ".md")})\n",
                            FigureArtefact { Figure: { } figure } =>
                                $"- Figure: [{MarkdownTable.Escape(figure.Title)}]({Link(artefact.Name, ".svg")})\n",
                            _ => "",
                        }
                    );
                }

                text.Append(
                    $"\nMade by `{section.Command.Replace('`', '\'').ReplaceLineEndings(" ")}`, version "
                        + $"{MarkdownTable.Escape(string.Join(", ", section.Versions))}, seeds {section.Seeds}, "
                        + $"on {MarkdownTable.Escape(section.Provenance.DataSet)} (SHA-256 "
                        + $"{section.Provenance.DataSetSha256[..12]}…).\n"
                );
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Every claim, its verdict first.</summary>
    private static string Claims(ReportContent content) =>
        MarkdownTable.Write(
            new Table(
                "Every claim with what became of it",
                "all data",
                ["verdict", "", "kind", "claim", "data", "printed", "ours"],
                [
                    .. from row in content.Ledger
                    orderby row.Kind
                    select (IReadOnlyList<string>)
                        [row.Verdict, row.Id, ClaimText.KindOf(row), row.Claim, row.DataSet, row.Printed, row.Value],
                ],
                []
            )
        );
}
