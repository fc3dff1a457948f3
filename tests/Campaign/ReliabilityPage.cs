using System.Text;
using Reproduction.Campaign.BadInput;
using Reproduction.Campaign.Fuzzing;
using Reproduction.Figures;

namespace Reproduction.Campaign;

/// <summary>Writes docs/reliability.md, which says what a campaign tried and what was lost.</summary>
/// <param name="WrongInputs">The number of bad inputs that got a wrong answer.</param>
internal sealed record ReliabilityPage(
    string Command,
    IReadOnlyList<TrialResult> Faults,
    IReadOnlyList<TrialResult> Endurance,
    IReadOnlyList<FuzzResult> Files,
    int WrongInputs
)
{
    public int Losses =>
        Faults.Concat(Endurance).Sum(result => result.Losses) + Files.Sum(result => result.FaultCount) + WrongInputs;

    public string Write()
    {
        StringBuilder page = new();
        page.Append(
            $$"""
            # What it withstands

            `{{Command}}`
            wrote this page: a program that tries to make the suite lose something, on the real executable, and holds what comes out against what an undisturbed sweep makes, byte for byte. {{Faults.Sum(
                result => result.Trials
            )}} faults,
            {{Files.Sum(result =>
                result.Inputs
            ):N0}} changed files, {{BadInputCases.All.Count}} bad inputs: **{{Losses}} losses**. Times and memory are of the machine it ran on, {{Environment.ProcessorCount}} processors.

            ## Faults

            {{Table(["what was done", "times", "lost", "what was seen"], Faults.Select(Row))}}
            A finished run is a file of its own, written beside its place, flushed, and moved there; it carries the SHA-256 of its content. What is lost with a killed process are the runs it was at. What killed writes leave behind (`.NAME.….reproduce.tmp`) is removed by the first sweep an hour later.

            ## Staying power

            {{Table(["what was done", "runs", "failed", "what was seen"], Endurance.Select(Row))}}
            ## Changed files

            Bits flipped, numbers in headers replaced, parts cut out, doubled and swapped, words of the format put in; also within compressed files, and in records under a checksum that holds. A reader takes the file or refuses it with one of the suite's own errors; a fault is any other exception, more than two seconds, or more
            memory than 4 MiB and 256 times the file's size.

            {{Table(
                ["reader", "files", "refused", "faults", "slowest", "most memory"],
                Files.Select(result =>
                    new[]
                    {
                        result.Reader,
                        $"{result.Inputs:N0}",
                        $"{result.Refused:N0}",
                        $"{result.FaultCount}",
                        $"{result.Slowest.TotalMilliseconds:0} ms",
                        $"{result.MostAllocated / 1024:N0} KiB",
                    }
                )
            )}}
            The archive of CIFAR-10 is read only when its SHA-256 holds, so its headers are believed (and cost memory here); what it unpacks lies under the six known names or nowhere.

            ## Bad input

            Exit codes: 0 done, 1 failed, 2 wrong usage (nothing is computed or written), 3 a check did not hold, 130 and 143 stopped. All that is printed on standard error is the line shown (where a plugin is named, besides warnings about others of its rules). {results}, {figures}, {data}, {here}, {plugin} and {suite} stand for folders, {rules}, {datasets}, {made datasets} and {experiments} for what there is to choose from, … for what differs from machine to machine.

            {{BadInputTable()}}
            ## Foreign text and files

            Tests hold that archives write nowhere but under their known names (`CifarTests`), that downloads are made over HTTPS alone and used only when their SHA-256 holds (`DownloaderTests`), that names, paths and options with markup in them are text in the report, in Chromium (`ReportTests`), that no file of results (but the scripts for SLURM, which name folders) has the user's home
            or a variable of the environment in it (`PrivacyTests`), and that a plugin is loaded only when it, its folder or a rule of it is named (`PluginTests`).

            """
        );
        return page.ToString();
    }

    /// <summary>Writes the table of all bad inputs with the line that each must print.</summary>
    public static string BadInputTable() =>
        Table(
            ["about", "what is wrong", "exit code", "the line"],
            BadInputCases.All.Select(input => new[] { input.About, input.Name, $"{input.Code}", input.Line })
        );

    private static string[] Row(TrialResult result) =>
        [result.Name, $"{result.Trials:N0}", $"{result.Losses}", result.Seen];

    private static string Table(string[] columns, IEnumerable<string[]> rows) =>
        string.Concat(
            new[] { columns, [.. columns.Select(_ => ":---")] }
                .Concat(rows.Select(row => row.Select(MarkdownTable.Escape).ToArray()))
                .Select(cells => $"| {string.Join(" | ", cells)} |\n")
        );
}
