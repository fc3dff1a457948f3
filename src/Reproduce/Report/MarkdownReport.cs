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
        StringBuilder text = new("# Report\n\n");
        text.Append(
            $"{content.Ledger.Count} claims: {Ledger.Summary(content.Ledger)}. Drawn from saved "
                + "results by `./reproduce report`, which also writes the same with all figures in one page, "
                + "`report/index.html`.\n"
        );
        foreach (string problem in content.Problems)
        {
            text.Append($"\nLeft out: {MarkdownTable.Escape(problem)}\n");
        }

        foreach (ReportChapter chapter in chapters.Length > 0 ? chapters : content.Chapters)
        {
            text.Append($"\n## {chapter.Title}: {MarkdownTable.Escape(chapter.DataSet)}\n");
            foreach (ReportSection section in chapter.Sections)
            {
                string Link(string name, string extension) =>
                    $"{Path.GetRelativePath(folder, Path.Combine(section.Folder, name)).Replace('\\', '/')}{extension}";
                text.Append(
                    $"\n### {section.Id}\n\n{char.ToUpperInvariant(section.Summary[0])}{section.Summary[1..]}.\n\n"
                );
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

        text.Append("\n## Claims\n\n");
        text.Append(
            MarkdownTable.Write(
                new Table(
                    "Every claim with what became of it",
                    "all data",
                    ["", "claim", "data", "printed", "measured", "verdict"],
                    [
                        .. content.Ledger.Select(row =>
                            (IReadOnlyList<string>)[row.Id, row.Claim, row.DataSet, row.Printed, row.Value, row.Verdict]
                        ),
                    ],
                    []
                )
            )
        );
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
