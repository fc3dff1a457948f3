using Reproduction.Campaign.BadInput;
using Reproduction.Campaign.Fuzzing;
using Reproduction.Figures;

namespace Reproduction.Campaign;

/// <summary>Writes docs/reliability.md, which says what a campaign tried and what was lost.</summary>
/// <param name="WrongInputs">The number of bad inputs that got a wrong answer.</param>
internal sealed record ReliabilityPage(
    string Command,
    IReadOnlyList<TrialResult> Disturbances,
    IReadOnlyList<TrialResult> Endurance,
    IReadOnlyList<FuzzResult> Files,
    int WrongInputs
)
{
    public int Losses =>
        Disturbances.Concat(Endurance).Sum(result => result.Losses)
        + Files.Sum(result => result.DefectCount)
        + WrongInputs;

    /// <summary>Writes docs/reliability.md.</summary>
    public string Write() =>
        $$"""
            # What it withstands

            This page was written by a program that tries to make the suite lose something. It works on the real
            executable and compares what comes out, byte for byte, with what an undisturbed sweep makes:

            `{{Command}}`

            It tried {{Disturbances.Sum(result => result.Trials)}} interruptions and damages,
            {{Files.Sum(result => result.Inputs):N0}} changed files and {{BadInputCases.All.Count}} bad inputs.
            Losses: {{Losses}}. Times and memory are of the machine it ran on, with {{Environment.ProcessorCount}}
            processors.

            ## Interruptions and damage

            {{Table(["what was done", "times", "lost", "what was seen"], Disturbances.Select(Row))}}
            Each finished run is a file of its own. It is written beside its place, flushed, and then moved there; it
            carries the SHA-256 of its content. A killed process loses only the runs that it was making. Killed writes
            leave files named `.NAME.….reproduce.tmp`, which the first sweep an hour later removes.

            ## Staying power

            {{Table(["what was done", "runs", "failed", "what was seen"], Endurance.Select(Row))}}
            ## Changed files

            Bits are flipped, numbers in headers replaced, parts cut out, doubled and swapped, and words of the format
            put in. This is done within compressed files too, and in records under a checksum that holds. A reader
            must take the file or refuse it with one of the suite's own errors. It counts as wrong if it throws any
            other exception, or needs more memory than 4 MiB (a picture 256 MiB) and 256 times the file's size.

            {{Table(
                ["reader", "files", "refused", "wrong", "slowest", "most memory"],
                Files.Select(result =>
                    new[]
                    {
                        result.Reader,
                        $"{result.Inputs:N0}",
                        $"{result.Refused:N0}",
                        $"{result.DefectCount}",
                        $"{result.Slowest.TotalMilliseconds:0} ms",
                        $"{result.MostAllocated / 1024:N0} KiB",
                    }
                )
            )}}
            The archive of CIFAR-10 is read only if its SHA-256 is right, so its headers are believed, which costs
            memory here. What it unpacks lies under the six known names or nowhere.

            ## Bad input

            Every wrong option, file or plugin gets one line on standard error and its exit code:
            [all cases with their lines](../results/reliability/bad-input.md).

            ## Foreign text and files

            Further tests hold that

            - archives write nowhere but under their known names (`CifarTests`);
            - downloads are made over HTTPS alone and used only if their SHA-256 is right (`DownloaderTests`);
            - names, paths and options that contain markup are shown as text in the report, in Chromium
              (`ReportTests`);
            - no file of results has the user's home folder or an environment variable in it, except the scripts for
              SLURM, which name folders (`PrivacyTests`);
            - a plugin is loaded only if it, its folder or one of its rules is named (`PluginTests`).

            """;

    /// <summary>Writes results/reliability/bad-input.md: all bad inputs with the line that each must print.</summary>
    public static string BadInputPage() =>
        $$"""
            # Bad input

            What the suite prints for each wrong option, file or plugin. The exit codes are 0 (done), 1 (failed), 2
            (wrong usage; nothing is computed or written), 3 (a check does not hold), 130 and 143 (stopped). The line
            shown is all that is printed on standard error; where a plugin is named, warnings about its other rules
            may come first. In the lines, {results}, {figures}, {data}, {here}, {plugin} and {suite} stand for
            folders; {rules}, {datasets}, {made datasets} and {experiments} for the choices that are listed; … for
            text that differs between machines.

            {{Table(
                ["about", "what is wrong", "exit code", "the line"],
                BadInputCases.All.Select(input => new[] { input.About, input.Name, $"{input.Code}", input.Line })
            )}}
            """;

    private static string[] Row(TrialResult result) =>
        [result.Name, $"{result.Trials:N0}", $"{result.Losses}", result.Seen];

    private static string Table(string[] columns, IEnumerable<string[]> rows) =>
        string.Concat(
            new[] { columns, [.. columns.Select(_ => ":---")] }
                .Concat(rows.Select(row => row.Select(MarkdownTable.Escape).ToArray()))
                .Select(cells => $"| {string.Join(" | ", cells)} |\n")
        );
}
