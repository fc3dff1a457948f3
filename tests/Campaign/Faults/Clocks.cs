using System.Diagnostics;

namespace Reproduction.Campaign.Faults;

/// <summary>A clock that is set back while a sweep runs, and stays so for the next. The suite's processes alone see it: libfaketime stands between.</summary>
internal static class Clocks
{
    private static readonly string? Library = Array.Find(
        ["/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/faketime/libfaketimeMT.so.1", "/usr/lib64/faketime/libfaketimeMT.so.1"], File.Exists);

    public static async Task<Finding> SetBack(FaultBench bench, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        const string name = "clock set back by days in the middle of a sweep";
        if (Library is null)
        {
            return new Finding(name, 0, 0, "not tried: libfaketime is not here");
        }

        List<string> wrong = [];
        string clock = Path.Combine(bench.Reproduce.Folder, "clock");
        Dictionary<string, string> environment = bench.Reproduce.Environment;
        (environment["LD_PRELOAD"], environment["FAKETIME_TIMESTAMP_FILE"], environment["FAKETIME_NO_CACHE"], environment["DONT_FAKE_MONOTONIC"]) = (Library, clock, "1", "1");
        for (int i = 0; i < trials; i++)
        {
            string results = bench.NewFolder(), days = $"-{bench.Random.Next(1, 400)}d";
            RecordWatch watch = new(results);
            File.WriteAllText(clock, "+0");
            Process process = bench.Reproduce.Start(small.Command(results));
            Task<Executable.Outcome> end = Executable.Finish(process);
            await bench.RandomMoment(small.Duration);
            File.WriteAllText(clock, days);
            await bench.RandomMoment(small.Duration);
            process.Kill();
            await end;
            wrong.AddRange(Enumerable.Repeat("a finished run was lost", watch.Lost()));
            if (await small.Resume(bench.Reproduce, results, watch) is { } difference)
            {
                wrong.Add(difference);
            }
        }

        environment.Clear();
        return new Finding(name, trials, wrong.Count, wrong.Count > 0 ? wrong[0] : "killed and continued under the wrong clock: nothing made twice, tables as undisturbed");
    }
}
