using System.Diagnostics;

namespace Reproduction.Campaign.Faults;

/// <summary>A process that is asked to stop: Ctrl+C, a scheduler's time limit.</summary>
internal static class Signals
{
    public static async Task<Finding> Send(FaultBench bench, string signal, int code, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        int sent = 0, losses = 0;
        TimeSpan slowest = TimeSpan.Zero;
        List<string> wrong = [];
        while (sent < trials)
        {
            string results = bench.NewFolder();
            RecordWatch watch = new(results);
            while (sent < trials)
            {
                Process process = bench.Reproduce.Start(small.Command(results));
                Task<Executable.Outcome> end = Executable.Finish(process);
                await Task.WhenAny(end, bench.RandomMoment(small.Duration * 0.9));
                if (end.IsCompleted)
                {
                    break;
                }

                Stopwatch clock = Stopwatch.StartNew();
                process.Signal(signal);
                Executable.Outcome outcome = await end;
                slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
                sent++;
                losses += watch.Lost();
                if (outcome.Code != code && outcome.Code != 0)
                {
                    wrong.Add($"code {outcome.Code}: {outcome.Error}");
                }

                string runs = Path.Combine(results, "runs");
                if (Directory.Exists(runs) && Directory.EnumerateFiles(runs).Any(path => !path.EndsWith(".json", StringComparison.Ordinal)))
                {
                    wrong.Add("something was left beside the records");
                }
            }

            if (await small.Resume(bench.Reproduce, results, watch) is { } difference)
            {
                wrong.Add(difference);
            }
        }

        return new Finding($"SIG{signal} at random moments", sent, losses + wrong.Count, wrong.Count > 0 ? wrong[0] : $"exit code {code}, at the latest {slowest.TotalSeconds:0.0} s later; nothing left behind; then continued, tables as undisturbed");
    }
}
