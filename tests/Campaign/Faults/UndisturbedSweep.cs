using System.Diagnostics;

namespace Reproduction.Campaign.Faults;

/// <summary>A sweep, and what it makes when nothing goes wrong: what every disturbed one is held against.</summary>
internal sealed class UndisturbedSweep
{
    // The one table of times: no two sweeps measure the same.
    private const string Times = "directions-seconds.csv";

    private readonly string[] command;
    private readonly string folder;

    private UndisturbedSweep(string[] command, string folder) => (this.command, this.folder) = (command, folder);

    public TimeSpan Duration { get; private set; }

    /// <summary>How many runs it has.</summary>
    public int Runs => RecordWatch.Records(folder).Count;

    /// <summary>What its results take.</summary>
    public long Bytes =>
        new DirectoryInfo(folder)
            .EnumerateFiles("*", SearchOption.AllDirectories)
            .Sum(file => (file.Length + 4095) / 4096 * 4096);

    /// <summary>Makes it.</summary>
    /// <param name="name">Of a folder of its own.</param>
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

    /// <summary>The same sweep into a folder.</summary>
    public string[] Command(string results) => [.. command, "--results", results];

    /// <summary>What a finished sweep's tables differ in; null if they are the same to the last byte.</summary>
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

    /// <summary>Finishes a disturbed sweep and says whether what it then has is what it must have.</summary>
    /// <param name="watch">What had been finished before: not to be made again.</param>
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
                .Where(path => Path.GetFileName(path) != Times)
                .Select(path => Path.GetRelativePath(results, path))
                .Order(StringComparer.Ordinal),
        ];
}
