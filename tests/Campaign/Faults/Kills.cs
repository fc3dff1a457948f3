using System.Diagnostics;

namespace Reproduction.Campaign.Faults;

/// <summary>A process that is killed and has no time for anything.</summary>
internal static class Kills
{
    // Before that no run is begun: a process starts and draws its data.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1);

    /// <summary>Kills one sweep at random moments, again and again, until it has been killed so often; then lets it end.</summary>
    public static async Task<Finding> OfASweep(FaultBench bench, int trials)
    {
        UndisturbedSweep sweep = await bench.Quick();
        int kills = 0, losses = 0, sweeps = 0;
        string? difference = null;
        while (kills < trials)
        {
            sweeps++;
            string results = bench.NewFolder();
            RecordWatch watch = new(results);
            while (kills < trials && await Kill(bench, sweep.Command(results), 2 * (Start + (sweep.Duration / trials / 2))))
            {
                kills++;
                losses += watch.Lost();
            }

            difference ??= await sweep.Resume(bench.Reproduce, results, watch) ?? await LeftOver(bench, sweep, results);
        }

        return new Finding("kill −9 at random moments of a quick sweep", kills, losses + (difference is null ? 0 : 1), difference ?? $"{sweep.Runs} runs, {sweeps} sweep{(sweeps == 1 ? "" : "s")}: no finished run lost or torn, tables as undisturbed");
    }

    /// <summary>What killed writes leave behind is removed when it is old.</summary>
    private static async Task<string?> LeftOver(FaultBench bench, UndisturbedSweep sweep, string results)
    {
        string[] Temporary() => Directory.GetFiles(results, ".*.tmp", SearchOption.AllDirectories);
        foreach (string path in Temporary())
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-2));
        }

        await bench.Reproduce.Run(sweep.Command(results));
        return Array.Find(Temporary(), _ => true);
    }

    /// <summary>Kills what only puts tables and figures together, all runs being there.</summary>
    public static async Task<Finding> OfDrawing(FaultBench bench, int trials)
    {
        UndisturbedSweep sweep = await bench.Quick();
        string results = bench.NewFolder(), figures = $"{results} drawn", undisturbed = $"{results} drawn undisturbed";
        string[] run = sweep.Command(results), all = ["all", .. run[Array.FindIndex(run, word => word.StartsWith("--", StringComparison.Ordinal))..], "--figures"];
        Executable.Outcome first = await bench.Reproduce.Run([.. all, undisturbed]);
        Stopwatch clock = Stopwatch.StartNew();
        await bench.Reproduce.Run([.. all, undisturbed]);
        TimeSpan duration = clock.Elapsed;
        int kills = 0, losses = first.Code == 0 ? 0 : 1;
        for (int i = 0; i < trials; i++)
        {
            kills += await Kill(bench, [.. all, figures], duration) ? 1 : 0;

            // What lies under its own name is whole: a drawing, a table, or one from before.
            losses += Torn(figures) + (kills > 0 ? Torn(results) : 0);
        }

        Executable.Outcome last = await bench.Reproduce.Run([.. all, figures]);
        string[] drawings = Drawings(undisturbed);
        string? difference = last.Code != 0 ? $"code {last.Code}: {last.Error}" : sweep.Difference(results) ?? (drawings.SequenceEqual(Drawings(figures)) ? null : "other drawings")
            ?? Array.Find(drawings, file => !File.ReadAllBytes(Path.Combine(undisturbed, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(figures, file))));
        return new Finding("kill −9 while tables and figures are written", kills, losses + (difference is null ? 0 : 1), difference ?? $"{drawings.Length} drawings and tables whole at every moment, in the end as undisturbed");
    }

    /// <summary>Starts a command and kills it at a random moment before a span is over.</summary>
    /// <returns>False if it had ended by then.</returns>
    private static async Task<bool> Kill(FaultBench bench, string[] command, TimeSpan span)
    {
        Process process = bench.Reproduce.Start(command);
        Task<Executable.Outcome> end = Executable.Finish(process);
        await Task.WhenAny(end, bench.RandomMoment(span));
        bool isRunning = !end.IsCompleted;
        if (isRunning)
        {
            process.Kill();
        }

        await end;
        return isRunning;
    }

    private static string[] Drawings(string folder) => !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) is ".svg" or ".md" or ".tex").Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal)];

    /// <summary>How many files end as none of their kind does.</summary>
    private static int Torn(string folder) => !Directory.Exists(folder) ? 0 : Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count(path => Path.GetExtension(path) switch
    {
        ".svg" => !File.ReadAllText(path).TrimEnd().EndsWith("</svg>", StringComparison.Ordinal),
        ".csv" or ".md" or ".tex" or ".json" => File.ReadAllBytes(path) is not [.., (byte)'\n' or (byte)'}'],
        _ => false,
    });
}
