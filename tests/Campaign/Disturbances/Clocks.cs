using System.Globalization;

namespace Reproduction.Campaign.Disturbances;

/// <summary>
/// Sets the clock back while a sweep runs and leaves it so for the next sweep. Only the suite's processes see the wrong
/// clock, which libfaketime shows them.
/// </summary>
internal static class Clocks
{
    private static readonly string? Library = Array.Find(
        [
            "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1",
            "/usr/lib/faketime/libfaketimeMT.so.1",
            "/usr/lib64/faketime/libfaketimeMT.so.1",
        ],
        File.Exists
    );

    public static async Task<TrialResult> SetBack(TrialBench bench, int count)
    {
        const string name = "clock set back by days in the middle of a sweep";
        if (Library is null || !IsBelieved())
        {
            return TrialResult.NotTried(name, "libfaketime is not here");
        }

        UndisturbedSweep small = await bench.Small();
        Trials trials = new(name);
        string clock = Path.Combine(bench.Reproduce.Folder, "clock");
        Dictionary<string, string> environment = bench.Reproduce.Environment;
        try
        {
            (
                environment["LD_PRELOAD"],
                environment["FAKETIME_TIMESTAMP_FILE"],
                environment["FAKETIME_NO_CACHE"],
                environment["DONT_FAKE_MONOTONIC"]
            ) = (Library, clock, "1", "1");
            while (trials.GoOn(count))
            {
                string results = bench.NewFolder();
                RecordWatch watch = new(results);
                File.WriteAllText(clock, "+0");
                async Task SetBackThenWait()
                {
                    await bench.RandomMoment(small.Duration);
                    File.WriteAllText(clock, $"-{bench.Random.Next(1, 400)}d");
                    await bench.RandomMoment(small.Duration);
                }

                // Whether the sweep ends or is killed, the next one has the wrong clock from its start.
                Task moment = SetBackThenWait();
                await bench.Kill(small.Command(results), moment, trials);
                await moment;
                trials.Count++;
                trials.Check(watch);
                trials.Unless(await small.Resume(bench.Reproduce, results, watch));
            }
        }
        finally
        {
            environment.Clear();
        }

        return trials.Result("killed and continued under the wrong clock: nothing made twice, tables as undisturbed");
    }

    /// <summary>Whether a process with the library loaded sees another time.</summary>
    private static bool IsBelieved() =>
        Shell.Run("env", $"LD_PRELOAD={Library}", "FAKETIME=-400d", "date", "+%s") is (0, var seconds)
        && long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out long then)
        && DateTimeOffset.UtcNow.ToUnixTimeSeconds() - then > TimeSpan.FromDays(399).TotalSeconds;
}
