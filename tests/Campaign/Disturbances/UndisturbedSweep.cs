using System.Diagnostics;

namespace Reproduction.Campaign.Disturbances;

/// <summary>A sweep in which nothing goes wrong; every disturbed sweep is compared with it.</summary>
internal sealed class UndisturbedSweep
{
    // The tables of times, which differ from sweep to sweep.
    private static readonly string[] Times = ["directions-seconds.csv", "costs.csv"];

    private readonly string[] command;
    private readonly string folder;

    private UndisturbedSweep(string[] command, string folder) => (this.command, this.folder) = (command, folder);

    public TimeSpan Duration { get; private set; }

    /// <summary>The number of runs in the sweep.</summary>
    public int Runs => RecordWatch.Records(folder).Count;

    /// <summary>The disk space that the results take, in bytes.</summary>
    public long Bytes =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => (file.Length + 4095) / 4096 * 4096);

    /// <summary>Runs the sweep.</summary>
    /// <param name="name">The name of the sweep's own folder.</param>
    public static async Task<UndisturbedSweep> Make(Executable reproduce, string name, params string[] command)
    {
        UndisturbedSweep sweep = new(command, Path.Combine(reproduce.Folder, name));
        Stopwatch clock = Stopwatch.StartNew();
        Executable.Outcome outcome = await reproduce.Run(sweep.Command(sweep.folder));
        sweep.Duration = clock.Elapsed;
        return outcome.Code == 0
            ? sweep
            : throw new InvalidOperationException($"{string.Join(' ', command)}: code {outcome.Code}, {outcome.Error}");
    }

    /// <summary>Returns the command that runs this sweep into another results folder.</summary>
    public string[] Command(string results) => [.. command, "--results", results];

    /// <summary>Returns how a finished sweep's tables differ from these; null if every byte is equal.</summary>
    public string? Difference(string results)
    {
        string[] expected = Tables(folder),
            found = Tables(results);
        return expected.Length == 0 ? "there are no tables"
            : !expected.SequenceEqual(found)
                ? $"other tables: {string.Join(", ", expected.Except(found).Concat(found.Except(expected)))}"
            : Array.Find(
                expected,
                table =>
                    !File.ReadAllBytes(Path.Combine(folder, table))
                        .AsSpan()
                        .SequenceEqual(File.ReadAllBytes(Path.Combine(results, table)))
            );
    }

    /// <summary>Finishes a disturbed sweep and returns what is wrong with its results; null if nothing is.</summary>
    /// <param name="watch">The records that were finished before, which must not be made again.</param>
    public async Task<string?> Resume(Executable reproduce, string results, RecordWatch watch)
    {
        Executable.Outcome outcome = await reproduce.Run(Command(results));
        return outcome.Code != 0 ? $"code {outcome.Code}: {outcome.Error}"
            : watch.Lost() > 0 ? "a finished run was lost or made again"
            : Difference(results);
    }

    private static string[] Tables(string results) =>
        [
            .. Directory
                .EnumerateFiles(results, "*.csv", SearchOption.AllDirectories)
                .Where(path => !Times.Contains(Path.GetFileName(path)))
                .Select(path => Path.GetRelativePath(results, path))
                .Order(StringComparer.Ordinal),
        ];
}
