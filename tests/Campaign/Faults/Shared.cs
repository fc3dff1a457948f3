using System.Diagnostics;

namespace Reproduction.Campaign.Faults;

/// <summary>Several processes on one results folder.</summary>
internal static class Shared
{
    private const int Tasks = 4;

    /// <summary>The same sweep twice at once.</summary>
    public static async Task<Finding> TwoProcesses(FaultBench bench, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        List<string> wrong = [];
        for (int i = 0; i < trials; i++)
        {
            string results = bench.NewFolder();
            Task<Executable.Outcome> one = bench.Reproduce.Run(small.Command(results));
            await bench.RandomMoment(small.Duration / 2);
            Task<Executable.Outcome> two = bench.Reproduce.Run(small.Command(results));
            wrong.AddRange((await Task.WhenAll(one, two)).Where(outcome => outcome.Code != 0 || outcome.Error.Length > 0).Select(outcome => $"code {outcome.Code}: {outcome.Error}"));
            if (new RecordWatch(results).Lost() > 0)
            {
                wrong.Add("torn records");
            }

            string[] files = Directory.GetFiles(Path.Combine(results, "runs"));
            if (files.Length != small.Runs)
            {
                wrong.Add($"{files.Length} files for {small.Runs} runs");
            }

            if (small.Difference(results) is { } difference)
            {
                wrong.Add(difference);
            }
        }

        return new Finding("two processes on one results folder", trials, wrong.Count, wrong.Count > 0 ? wrong[0] : "both end with 0; nothing double, nothing torn, tables as undisturbed");
    }

    /// <summary>Four shares at once, of which one is killed and started again; then merged.</summary>
    public static async Task<Finding> KilledShare(FaultBench bench, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        List<string> wrong = [];
        int kills = 0;
        for (int i = 0; i < trials; i++)
        {
            string results = bench.NewFolder();
            string[] Share(int index) => [.. small.Command(results), "--shard", $"{index}/{Tasks}"];
            RecordWatch watch = new(results);
            int killed = bench.Random.Next(1, Tasks + 1);
            Process process = bench.Reproduce.Start(Share(killed));
            Task<Executable.Outcome> end = Executable.Finish(process);
            Task<Executable.Outcome>[] others = [.. Enumerable.Range(1, Tasks).Where(index => index != killed).Select(index => bench.Reproduce.Run(Share(index)))];
            await Task.WhenAny(end, bench.RandomMoment(small.Duration / 2));
            kills += end.IsCompleted ? 0 : 1;
            process.Kill();
            await end;
            wrong.AddRange(Enumerable.Repeat("a finished run was lost", watch.Lost()));

            // When all have searched they go on with what depends on it.
            Executable.Outcome[] searched = [await bench.Reproduce.Run(Share(killed)), .. await Task.WhenAll(others)];
            Executable.Outcome[] outcomes = [.. searched, .. await Task.WhenAll(Enumerable.Range(1, Tasks).Select(index => bench.Reproduce.Run(Share(index)))), await bench.Reproduce.Run("merge", "--results", results)];
            wrong.AddRange(outcomes.Where(outcome => outcome.Code != 0).Select(outcome => $"code {outcome.Code}: {outcome.Error}"));
            if (watch.Lost() > 0 || small.Difference(results) is not null)
            {
                wrong.Add(small.Difference(results) ?? "a finished run was lost");
            }
        }

        return new Finding($"one of {Tasks} shares killed and started again, then merged", kills, wrong.Count, wrong.Count > 0 ? wrong[0] : "tables as one process makes them");
    }

    /// <summary>The same by SLURM, a task being killed and queued again as when its node dies.</summary>
    public static async Task<Finding> KilledTask(FaultBench bench, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        const string name = "a SLURM array of 4 tasks, one killed and queued again";
        if (!SlurmIsRunning)
        {
            return new Finding(name, 0, 0, "not tried: SLURM does not run here");
        }

        List<string> wrong = [];
        for (int i = 0; i < trials; i++)
        {
            string results = bench.NewFolder();
            string[] run = small.Command(results);
            Executable.Outcome submitted = await bench.Reproduce.Run(["slurm", .. run[1..], "--tasks", $"{Tasks}", "--cpus", "1", "--submit"]);
            string[] jobs = [.. submitted.Output.Split("submitted: job ")[1..].Select(text => new string([.. text.TakeWhile(char.IsAsciiDigit)]))];
            string Queue(params string[] options) => Shell.Run("squeue", ["--noheader", $"--jobs={string.Join(',', jobs)}", .. options]).Output;

            // Before it has run, or while it runs: both happen to a node.
            await Until(() => Queue("--states=running").Length > 0 || Queue().Length == 0);
            await bench.RandomMoment(small.Duration / 4);
            string killed = Queue("--states=running", "--format=%F_%K").Split('\n')[0].Trim();
            Shell.Run("scontrol", "requeue", killed);
            await Until(() =>
            {
                // It is let off the two minutes that SLURM makes it wait.
                Shell.Run("scontrol", "update", $"JobId={killed}", "StartTime=now");
                return Queue().Length == 0;
            });
            Executable.Outcome status = await bench.Reproduce.Run("slurm", "status", "--results", results), merge = await bench.Reproduce.Run("merge", "--results", results);
            if (merge.Code != 0 || !status.Output.Contains("Nothing is missing", StringComparison.Ordinal) || small.Difference(results) is not null)
            {
                wrong.Add(small.Difference(results) ?? $"code {merge.Code}: {merge.Error}");
            }
        }

        return new Finding(name, trials, wrong.Count, wrong.Count > 0 ? wrong[0] : "nothing missing when the array had ended; tables as one process makes them");
    }

    /// <summary>Whether a SLURM answers that takes jobs.</summary>
    public static bool SlurmIsRunning { get; } = Shell.Run("sinfo", "--noheader", "--format=%t") is (0, var states) && new[] { "idle", "mix", "alloc" }.Any(state => states.Contains(state, StringComparison.Ordinal));

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 600 && !holds(); i++)
        {
            await Task.Delay(200);
        }
    }
}
