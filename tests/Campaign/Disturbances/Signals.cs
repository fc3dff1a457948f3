using System.Diagnostics;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Asks a process to stop, as Ctrl+C or a scheduler's time limit does.</summary>
internal static class Signals
{
    public static async Task<TrialResult> Send(TrialBench bench, string signal, int code, int count)
    {
        UndisturbedSweep small = await bench.Small();
        Trials trials = new($"SIG{signal} at random moments");
        TimeSpan slowest = TimeSpan.Zero;

        // Now and then a sweep ends before it gets the signal. If no sweep ever stops, that counts as a loss.
        int sweeps = 0;
        while (trials.Count < count && sweeps++ < count)
        {
            string results = bench.NewFolder();
            RecordWatch watch = new(results);
            bool isOver = false;
            while (trials.Count < count && !isOver)
            {
                Process process = bench.Reproduce.Start(small.Command(results));
                Task<Executable.Outcome> end = Executable.Finish(process);
                await Task.WhenAny(end, bench.RandomMoment(small.Duration * 0.9));
                Stopwatch clock = Stopwatch.StartNew();
                if (!end.IsCompleted)
                {
                    process.Signal(signal);
                }

                Executable.Outcome outcome = await end;
                trials.Check(watch);
                isOver = outcome.Code == 0;
                if (isOver)
                {
                    trials.Unless(small.Difference(results));
                    continue;
                }

                trials.Count++;
                trials.Expect(code, outcome);
                slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
                string runs = Path.Combine(results, "runs");
                trials.Unless(
                    Directory.Exists(runs)
                        ? Directory
                            .EnumerateFiles(runs)
                            .FirstOrDefault(path => !path.EndsWith(".json", StringComparison.Ordinal))
                        : null
                );
            }

            trials.Unless(await small.Resume(bench.Reproduce, results, watch));
        }

        trials.Unless(trials.Count < count ? "the signal does not stop a sweep" : null);
        return trials.Result(
            $"exit code {code}, at the latest {slowest.TotalSeconds:0.0} s later; nothing left behind; "
                + "then continued, tables as undisturbed"
        );
    }
}
