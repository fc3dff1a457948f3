using System.Diagnostics;
using System.Globalization;
using Reproduction.Campaign.Disturbances;

namespace Reproduction.Campaign.Endurance;

/// <summary>Measures the memory of a process over many runs, which must not grow.</summary>
internal static class Memory
{
    private const int Parts = 5;
    private const double MostGrowth = 0.05;

    // The experiment one-scalar has four runs per seed, after a search of twelve runs.
    private const int RunsOfASeed = 4,
        Search = 12;

    /// <param name="runs">The least number of runs to make.</param>
    public static async Task<TrialResult> OfManyRuns(Executable reproduce, int runs)
    {
        Trials trials = new("small runs in one process");
        string results = Path.Combine(reproduce.Folder, "many");
        int seeds = (runs + RunsOfASeed - 1) / RunsOfASeed;
        Process process = reproduce.Start(
            "run",
            "one-scalar",
            "--dataset",
            "robot-arm",
            "--seeds",
            $"{seeds}",
            "--results",
            results,
            "--quiet"
        );
        string status = $"/proc/{process.Id}/status";
        Task<Executable.Outcome> end = Executable.Finish(process);
        List<(int Runs, double Megabytes)> samples = [];
        while (!end.IsCompleted)
        {
            try
            {
                string resident = File.ReadLines(status)
                    .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
                samples.Add(
                    (
                        RecordWatch.Records(results).Count,
                        double.Parse(
                            resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
                            CultureInfo.InvariantCulture
                        ) / 1024
                    )
                );
            }
            catch (Exception exception) when (exception is IOException or InvalidOperationException)
            {
                // The process has just ended.
            }

            await Task.WhenAny(end, Task.Delay(20));
        }

        trials.Expect(0, await end);
        int made = trials.Count = RecordWatch.Records(results).Count;
        trials.Unless(made == Search + (seeds * RunsOfASeed) ? null : $"{made} runs were made");
        double[] means =
        [
            .. Enumerable
                .Range(0, Parts)
                .Select(part =>
                    samples
                        .Where(sample => sample.Runs > part * made / Parts && sample.Runs <= (part + 1) * made / Parts)
                        .Average(sample => sample.Megabytes)
                ),
        ];
        double growth = (means[^1] / means[1]) - 1;
        string seen =
            "resident, mean over each fifth of the runs: "
            + $"{string.Join(", ", means.Select(mean => $"{mean:0}"))} MB; the last is "
            + $"{100 * growth:+0.0;−0.0} % beside the second (at most {100 * MostGrowth:+0} % may be)";
        trials.Unless(growth < MostGrowth ? null : seen);
        return trials.Result(seen);
    }
}
