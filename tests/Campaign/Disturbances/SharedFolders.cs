using System.Text.RegularExpressions;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Runs several processes on one results folder.</summary>
internal static partial class SharedFolders
{
    private const int Tasks = 4;

    /// <summary>Whether SLURM is running here and takes jobs.</summary>
    public static bool SlurmIsRunning { get; } =
        Shell.Run("sinfo", "--noheader", "--format=%t") is (0, var states)
        && new[] { "idle", "mix", "alloc" }.Any(state => states.Contains(state, StringComparison.Ordinal));

    /// <summary>Runs one sweep in two processes at the same time.</summary>
    public static async Task<TrialResult> TwoProcesses(TrialBench bench, int count)
    {
        UndisturbedSweep small = await bench.Small();
        Trials trials = new("two processes on one results folder");
        int both = 0;
        while (trials.GoOn(count))
        {
            int made = 0;
            string results = bench.NewFolder();
            Task<Executable.Outcome> one = bench.Reproduce.Run(small.Command(results));
            await bench.RandomMoment(small.Duration / 2);
            Task<Executable.Outcome> two = bench.Reproduce.Run(small.Command(results));
            foreach (Executable.Outcome outcome in await Task.WhenAll(one, two))
            {
                trials.Expect(0, outcome);
                trials.Unless(outcome.Error.Length > 0 ? outcome.Error : null);
                made += MadeRuns.In(outcome);
            }

            // Two processes may begin the same run within some milliseconds.
            both += made - small.Runs;
            trials.Unless(
                made < small.Runs || made > small.Runs * 5 / 4
                    ? $"{made} runs were made where there are {small.Runs}"
                    : null
            );

            trials.Count++;
            trials.Check(new RecordWatch(results));
            trials.Unless(
                Directory.GetFiles(Path.Combine(results, "runs")).Length is var files && files != small.Runs
                    ? $"{files} files for {small.Runs} runs"
                    : null
            );
            trials.Unless(small.Difference(results));
        }

        return trials.Result(
            "both end with 0; a record for each run and nothing else, nothing torn, tables as "
                + $"undisturbed; of {count * small.Runs} runs {both} were made by both at the same time"
        );
    }

    /// <summary>Runs four shards at once, kills one and starts it again, then merges them.</summary>
    public static async Task<TrialResult> KilledShard(TrialBench bench, int count)
    {
        UndisturbedSweep small = await bench.Small();
        Trials trials = new($"one of {Tasks} shards killed and started again, then merged");
        while (trials.GoOn(count))
        {
            string results = bench.NewFolder();
            string[] Shard(int index) => [.. small.Command(results), "--shard", $"{index}/{Tasks}"];
            RecordWatch watch = new(results);
            int killed = bench.Random.Next(1, Tasks + 1);
            Task<bool> kill = bench.Kill(Shard(killed), bench.RandomMoment(small.Duration / 2), trials);
            Task<Executable.Outcome>[] others =
            [
                .. Enumerable
                    .Range(1, Tasks)
                    .Where(index => index != killed)
                    .Select(index => bench.Reproduce.Run(Shard(index))),
            ];
            trials.Count += await kill ? 1 : 0;
            trials.Check(watch);

            // When all shards have searched, they go on with the runs that depend on the search.
            Executable.Outcome[] searched = [await bench.Reproduce.Run(Shard(killed)), .. await Task.WhenAll(others)];
            Executable.Outcome[] outcomes =
            [
                .. searched,
                .. await Task.WhenAll(Enumerable.Range(1, Tasks).Select(index => bench.Reproduce.Run(Shard(index)))),
                await bench.Reproduce.Run("merge", "--results", results),
            ];
            Array.ForEach(outcomes, outcome => trials.Expect(0, outcome));
            trials.Check(watch);
            trials.Unless(small.Difference(results));
        }

        return trials.Result("tables as one process makes them");
    }

    /// <summary>Runs shards by SLURM; one task is killed and queued again, as if its node had died.</summary>
    public static async Task<TrialResult> KilledTask(TrialBench bench, int count)
    {
        const string name = "a SLURM array of 4 tasks, one killed and queued again";
        if (!SlurmIsRunning)
        {
            return TrialResult.NotTried(name, "SLURM does not run here");
        }

        UndisturbedSweep small = await bench.Small();
        Trials trials = new(name);
        while (trials.GoOn(count))
        {
            string results = bench.NewFolder();
            Executable.Outcome submitted = await bench.Reproduce.Run([
                "slurm",
                .. small.Command(results)[1..],
                "--tasks",
                $"{Tasks}",
                "--cpus",
                "1",
                "--submit",
            ]);
            trials.Expect(0, submitted);
            string jobs = string.Join(',', Job().Matches(submitted.Output).Select(match => match.Groups[1].Value));
            string Queue(params string[] options) =>
                Shell.Run("squeue", ["--noheader", $"--jobs={jobs}", .. options]).Output;
            trials.Unless(await Until(() => Queue("--states=running").Length > 0) ? null : "no task began");
            await bench.RandomMoment(small.Duration / 4);
            string killed = Queue("--states=running", "--format=%F_%K").Split('\n')[0].Trim();

            // A task that ends at that very moment cannot be killed; then another array is tried.
            bool isKilled = killed.Length > 0 && Shell.Run("scontrol", "requeue", killed).Code == 0;
            bool hasEnded = await Until(() =>
            {
                // SLURM would make the task wait for two minutes; this starts it now.
                Shell.Run("scontrol", "update", $"JobId={killed}", "StartTime=now");
                return Queue().Length == 0;
            });
            trials.Count += isKilled ? 1 : 0;
            if (!hasEnded)
            {
                Shell.Run("scancel", jobs.Split(','));
                trials.Wrong("the array does not end");
            }

            Executable.Outcome status = await bench.Reproduce.Run("slurm", "status", "--results", results);
            trials.Unless(
                status.Output.Contains("Nothing is missing", StringComparison.Ordinal) ? null : status.Output
            );
            trials.Expect(0, await bench.Reproduce.Run("merge", "--results", results));
            trials.Unless(small.Difference(results));
        }

        return trials.Result("nothing missing when the array had ended; tables as one process makes them");
    }

    /// <summary>Waits until a condition holds, for two minutes at most.</summary>
    private static async Task<bool> Until(Func<bool> holds)
    {
        for (int i = 0; i < 600; i++)
        {
            if (holds())
            {
                return true;
            }

            await Task.Delay(200);
        }

        return false;
    }

    [GeneratedRegex("submitted: job ([0-9]+)")]
    private static partial Regex Job();
}
