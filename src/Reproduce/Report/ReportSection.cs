using Reproduction.Evaluation.Store;
using Reproduction.Studies.Drawing;

namespace Reproduction.CommandLine.Report;

/// <summary>One experiment, or one comparison made by a user, with all its figures and tables.</summary>
/// <param name="Title">The title of the paper.</param>
/// <param name="Id">The experiment's name on the command line, or the folder of the results.</param>
/// <param name="Question">The question that it answers.</param>
/// <param name="IsHeadline">Whether it is shown in full where others are only named.</param>
/// <param name="Folder">The folder of its figures and tables.</param>
/// <param name="Results">The folder of the CSV files that they are drawn from.</param>
/// <param name="Findings">What it shows, in sentences.</param>
internal sealed record ReportSection(
    string Title,
    string Id,
    string Question,
    bool IsHeadline,
    Provenance Provenance,
    string Folder,
    string Results,
    IReadOnlyList<string> Findings,
    IReadOnlyList<Artefact> Artefacts
)
{
    /// <summary>The command that made the section's results.</summary>
    public string Command => string.Join(' ', ["./reproduce", .. Provenance.CommandLine.Select(Quoted)]);

    /// <summary>The machines that made the section's runs.</summary>
    public IEnumerable<string> Machines =>
        Provenance
            .Machines.Select(machine => $"{machine.Processor}, {machine.OperatingSystem}, {machine.Runtime}")
            .Distinct();

    /// <summary>The versions of the suite that made the runs: number and shortened commit.</summary>
    public IEnumerable<string> Versions => Provenance.Machines.Select(machine => Shortened(machine.Version)).Distinct();

    /// <summary>The seeds as a range, e.g. "1 to 10", or one by one.</summary>
    public string Seeds => SeedText(Provenance.Seeds);

    /// <summary>Writes ascending seeds as a range, or one by one if they are not consecutive.</summary>
    public static string SeedText(IReadOnlyList<long> seeds) =>
        seeds.Count > 2 && seeds[^1] - seeds[0] == seeds.Count - 1
            ? $"{seeds[0]} to {seeds[^1]}"
            : string.Join(", ", seeds);

    private static string Quoted(string argument) =>
        argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;

    private static string Shortened(string version) =>
        version.Split('+') is [var number, { Length: > 10 } commit] ? $"{number} ({commit[..10]})" : version;
}
