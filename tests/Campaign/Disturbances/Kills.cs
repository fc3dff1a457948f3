using System.Diagnostics;
using System.Text.Json;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Kills processes at once, so that they have no time to clean up.</summary>
internal static class Kills
{
    // No run begins earlier: the process has to start and to generate its data first.
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1);

    /// <summary>Kills a quick sweep.</summary>
    public static async Task<TrialResult> OfAQuickSweep(TrialBench bench, int count) =>
        await OfASweep(bench, await bench.Quick(), "kill −9 at random moments of a quick sweep", count);

    /// <summary>Kills a comparison of rules mixed by layer and of networks trained layer by layer.</summary>
    public static async Task<TrialResult> OfMixedRuns(TrialBench bench, int count) =>
        await OfASweep(
            bench,
            await bench.Mixed(),
            "kill −9 at random moments of runs with rules mixed by layer, or trained layer by layer",
            count
        );

    /// <summary>
    /// Kills a sweep at random moments until there were <paramref name="count"/> kills, then lets it end.
    /// </summary>
    private static async Task<TrialResult> OfASweep(TrialBench bench, UndisturbedSweep sweep, string name, int count)
    {
        Trials trials = new(name);
        int sweeps = 0;
        while (trials.GoOn(count))
        {
            sweeps++;
            string results = bench.NewFolder();
            RecordWatch watch = new(results);
            while (
                trials.Count < count
                && await bench.Kill(
                    sweep.Command(results),
                    bench.RandomMoment(2 * (Start + (sweep.Duration / count / 2))),
                    trials
                )
            )
            {
                trials.Count++;
                trials.Check(watch);
            }

            trials.Unless(await sweep.Resume(bench.Reproduce, results, watch) ?? await LeftOver(bench, sweep, results));
        }

        return trials.Result(
            $"{sweep.Runs} runs, {sweeps} sweep{(sweeps == 1 ? "" : "s")}: no finished run lost or torn, "
                + "tables as undisturbed"
        );
    }

    /// <summary>Kills a process that only writes tables and figures, as all runs are finished.</summary>
    public static async Task<TrialResult> OfDrawing(TrialBench bench, int count)
    {
        UndisturbedSweep sweep = await bench.Quick();
        Trials trials = new("kill −9 while tables and figures are written");
        string results = bench.NewFolder(),
            figures = $"{results} drawn",
            undisturbed = $"{results} drawn undisturbed";
        string[] run = sweep.Command(results),
            all =

            [
                "all",
                .. run[Array.FindIndex(run, word => word.StartsWith("--", StringComparison.Ordinal))..],
                "--figures",
            ];
        trials.Expect(0, await bench.Reproduce.Run([.. all, undisturbed]));
        Stopwatch clock = Stopwatch.StartNew();
        trials.Expect(0, await bench.Reproduce.Run([.. all, undisturbed]));
        TimeSpan duration = clock.Elapsed;
        while (trials.GoOn(count))
        {
            trials.Count += await bench.Kill([.. all, figures], bench.RandomMoment(duration), trials) ? 1 : 0;

            // A file under its final name is whole at every moment.
            trials.Unless(
                Drawings(figures).FirstOrDefault(file => !IsSame(file, undisturbed, figures))
                    ?? sweep.Difference(results)
                    ?? Notes(results).FirstOrDefault(IsTorn)
            );
        }

        trials.Expect(0, await bench.Reproduce.Run([.. all, figures]));
        string[] drawings = Drawings(undisturbed);
        trials.Unless(
            drawings.Length == 0 || !drawings.SequenceEqual(Drawings(figures))
                ? "other drawings"
                : Array.Find(drawings, file => !IsSame(file, undisturbed, figures)) ?? sweep.Difference(results)
        );
        return trials.Result(
            $"{drawings.Length} drawings and tables, at every moment those that are there as undisturbed, "
                + "in the end all"
        );
    }

    /// <summary>Checks that files left behind by killed writes are removed when they are old.</summary>
    private static async Task<string?> LeftOver(TrialBench bench, UndisturbedSweep sweep, string results)
    {
        string[] Temporary() => Directory.GetFiles(results, ".*.tmp", SearchOption.AllDirectories);
        File.WriteAllText(
            Path.Combine(results, "runs", $".0123456789abcdef.json.{Guid.NewGuid():N}.reproduce.tmp"),
            ""
        );
        foreach (string path in Temporary())
        {
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-2));
        }

        Executable.Outcome outcome = await bench.Reproduce.Run(sweep.Command(results));
        return outcome.Code != 0 ? outcome.Error : Temporary().FirstOrDefault();
    }

    private static bool IsSame(string file, string one, string other) =>
        File.ReadAllBytes(Path.Combine(one, file)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(other, file)));

    private static string[] Drawings(string folder) =>
        !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory
                    .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Where(path => Path.GetExtension(path) is ".svg" or ".md" or ".tex")
                    .Select(path => Path.GetRelativePath(folder, path))
                    .Order(StringComparer.Ordinal),
            ];

    private static IEnumerable<string> Notes(string results) =>
        Directory.EnumerateFiles(results, "*.provenance.json", SearchOption.AllDirectories);

    private static bool IsTorn(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }
}
