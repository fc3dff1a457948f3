using Reproduction.Evaluation.Store;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>One experiment, or one comparison a user made, with all that is drawn of it.</summary>
/// <param name="Title">Of the paper.</param>
/// <param name="Id">On the command line, or the folder of results.</param>
/// <param name="Summary">One line: what it shows.</param>
/// <param name="IsHeadline">Whether its tables are shown where others are only named.</param>
/// <param name="Folder">Of the files that are drawn of it.</param>
internal sealed record ReportSection(
    string Title,
    string Id,
    string Summary,
    bool IsHeadline,
    Provenance Provenance,
    string Folder,
    IReadOnlyList<Artefact> Artefacts
)
{
    /// <summary>The command that made its results.</summary>
    public string Command =>
        $"./reproduce {string.Join(' ', Provenance.CommandLine.Select(argument => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument))}".TrimEnd();

    /// <summary>The machines that made its runs.</summary>
    public IEnumerable<string> Machines =>
        Provenance
            .Machines.Select(machine => $"{machine.Processor}, {machine.OperatingSystem}, {machine.Runtime}")
            .Distinct();

    /// <summary>The versions of the suite that made its runs: number and commit, the commit shortened.</summary>
    public IEnumerable<string> Versions => Provenance.Machines.Select(machine => Shortened(machine.Version)).Distinct();

    /// <summary>"1 to 10", or the seeds one by one.</summary>
    public string Seeds => SeedText(Provenance.Seeds);

    /// <summary>The same of any seeds, ascending.</summary>
    public static string SeedText(IReadOnlyList<long> seeds) =>
        seeds.Count > 2 && seeds[^1] - seeds[0] == seeds.Count - 1
            ? $"{seeds[0]} to {seeds[^1]}"
            : string.Join(", ", seeds);

    private static string Shortened(string version) =>
        version.Split('+') is [var number, { Length: > 10 } commit] ? $"{number} ({commit[..10]})" : version;
}
