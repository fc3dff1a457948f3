using System.Diagnostics;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Tries disks that are full or read-only.</summary>
internal static class Disks
{
    private const string NotAllowed = "mounting a small file system is not allowed here";

    /// <summary>Tries a disk that is full at a random moment and is then made larger.</summary>
    public static async Task<TrialResult> Full(TrialBench bench, int count)
    {
        const string name = "disk full in the middle of a sweep";
        if (!SmallDisk.IsAllowed)
        {
            return TrialResult.NotTried(name, NotAllowed);
        }

        UndisturbedSweep small = await bench.Small();
        Trials trials = new(name);
        int kept = 0;
        while (trials.GoOn(count))
        {
            using SmallDisk disk = new((int)(small.Bytes / 1024 * (0.1 + (0.8 * bench.Random.NextDouble()))));
            RecordWatch watch = new(disk.Folder);
            Refused(trials, await bench.Reproduce.Run(small.Command(disk.Folder)));
            trials.Count++;
            trials.Check(watch);
            trials.Unless(Directory.EnumerateFiles(disk.Folder, "*.tmp", SearchOption.AllDirectories).FirstOrDefault());
            kept += watch.Count;
            disk.Remount("size=200m");
            trials.Unless(await small.Resume(bench.Reproduce, disk.Folder, watch));
        }

        trials.Unless(kept == 0 ? "no disk had room for a single run" : null);
        return trials.Result(
            $"one line, exit code 1; {kept} finished runs kept; with room again continued, tables as undisturbed"
        );
    }

    /// <summary>Tries a folder that is read-only, from the start or from a random moment on.</summary>
    public static async Task<TrialResult> ReadOnly(TrialBench bench, int count)
    {
        const string name = "folder read-only, from the start or suddenly";
        if (!SmallDisk.IsAllowed)
        {
            return TrialResult.NotTried(name, NotAllowed);
        }

        UndisturbedSweep small = await bench.Small();
        Trials trials = new(name);
        while (trials.GoOn(count))
        {
            using SmallDisk disk = new(200 * 1024);
            RecordWatch watch = new(disk.Folder);
            bool isSudden = trials.Count % 2 == 1;
            if (!isSudden)
            {
                disk.Remount("ro");
            }

            Process process = bench.Reproduce.Start(small.Command(disk.Folder));
            Task<Executable.Outcome> end = Executable.Finish(process);
            if (isSudden)
            {
                await bench.RandomMoment(small.Duration * 0.8);
                if (!await BecomesReadOnly(disk, end))
                {
                    // The sweep ended first, so another one is tried.
                    trials.Expect(0, await end);
                    continue;
                }
            }

            Executable.Outcome outcome = await end;
            if (isSudden && outcome.Code == 0)
            {
                // The sweep had written everything by then.
                trials.Unless(small.Difference(disk.Folder));
                continue;
            }

            Refused(trials, outcome);
            trials.Count++;
            trials.Check(watch);
            disk.Remount("rw");
            trials.Unless(await small.Resume(bench.Reproduce, disk.Folder, watch));
        }

        return trials.Result("one line, exit code 1; when writable again continued, tables as undisturbed");
    }

    /// <summary>Retries until the file system is read-only, which it cannot be while a file is being written.</summary>
    private static async Task<bool> BecomesReadOnly(SmallDisk disk, Task end)
    {
        while (!end.IsCompleted)
        {
            try
            {
                disk.Remount("ro");
                return !end.IsCompleted;
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(1);
            }
        }

        return false;
    }

    private static void Refused(Trials trials, Executable.Outcome outcome)
    {
        trials.Expect(1, outcome);
        trials.Unless(
            outcome.Error.StartsWith("error: ", StringComparison.Ordinal)
            && !outcome.Error.TrimEnd('\n').Contains('\n', StringComparison.Ordinal)
                ? null
                : $"not one line: {outcome.Error}"
        );
    }
}
