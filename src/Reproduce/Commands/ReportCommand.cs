using System.CommandLine;
using Reproduction.CommandLine.Display;
using Reproduction.CommandLine.Report;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>report</c> shows everything that was run on one page.</summary>
internal static class ReportCommand
{
    public static Command Create(CommonOptions options)
    {
        Command command = new("report", "write all results, figures and claims as an HTML page and as Markdown")
        {
            options.Results,
            options.Figures,
            options.Quiet,
        };
        command.SetAction(arguments =>
        {
            ResultLayout layout = options.Layout(arguments);
            if (Directory.Exists(layout.Results) && !Directory.Exists(layout.Figures))
            {
                throw new ResultsException(
                    $"--figures {layout.Figures}: there is no such folder, and the report links to "
                        + "figures in it; draw them with 'reproduce figures' or name their folder"
                );
            }

            Write(layout, options.Display(arguments));
        });
        return command;
    }

    /// <summary>Writes the report as HTML and as Markdown.</summary>
    public static void Write(ResultLayout layout, IDisplay display)
    {
        ReportContent content = ReportContent.Of(layout);
        foreach (string problem in content.Problems)
        {
            Console.Error.WriteLine($"warning: left out of the report: {problem}");
        }

        string page = Path.Combine(layout.Results, "report", "index.html"),
            text = Path.Combine(layout.Results, "REPORT.md");
        AtomicFile.Write(page, HtmlReport.Write(content, Path.GetDirectoryName(page)!));
        AtomicFile.Write(text, MarkdownReport.Write(content, layout.Results));
        display.Line($"report: {page}, {text}");
    }
}
