using System.Diagnostics;

namespace Reproduction.Campaign.Faults;

/// <summary>A disk that takes nothing any more.</summary>
internal static class Disks
{
    private const string NotHere = "not tried: mounting a small file system is not allowed here";

    /// <summary>Full at a random moment, then made larger.</summary>
    public static async Task<Finding> Full(FaultBench bench, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        const string name = "disk full in the middle of a sweep";
        if (!SmallDisk.IsAllowed)
        {
            return new Finding(name, 0, 0, NotHere);
        }

        List<string> wrong = [];
        int kept = 0;
        for (int i = 0; i < trials; i++)
        {
            using SmallDisk disk = new((int)(small.Bytes / 1024 * (0.1 + (0.8 * bench.Random.NextDouble()))));
            Executable.Outcome outcome = await bench.Reproduce.Run(small.Command(disk.Folder));
            RecordWatch watch = new(disk.Folder);
            Expect(wrong, outcome, watch);
            wrong.AddRange(Directory.EnumerateFiles(disk.Folder, "*.tmp", SearchOption.AllDirectories).Select(path => $"left: {path}"));
            kept += watch.Count;
            disk.Remount("size=200m");
            if (await small.Resume(bench.Reproduce, disk.Folder, watch) is { } difference)
            {
                wrong.Add(difference);
            }
        }

        return new Finding(name, trials, wrong.Count, wrong.Count > 0 ? wrong[0] : $"one line, exit code 1; {kept} finished runs kept; with room again continued, tables as undisturbed");
    }

    /// <summary>Read-only from the start, and from a random moment on.</summary>
    public static async Task<Finding> ReadOnly(FaultBench bench, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        const string name = "folder read-only, from the start or suddenly";
        if (!SmallDisk.IsAllowed)
        {
            return new Finding(name, 0, 0, NotHere);
        }

        List<string> wrong = [];
        for (int i = 0; i < trials; i++)
        {
            using SmallDisk disk = new(200 * 1024);
            bool isFromTheStart = i % 2 == 0;
            if (isFromTheStart)
            {
                disk.Remount("ro");
            }

            Process process = bench.Reproduce.Start(small.Command(disk.Folder));
            Task<Executable.Outcome> end = Executable.Finish(process);
            if (!isFromTheStart)
            {
                await bench.RandomMoment(small.Duration * 0.8);
                await BecomeReadOnly(disk, end);
            }

            Executable.Outcome outcome = await end;
            RecordWatch watch = new(disk.Folder);
            Expect(wrong, outcome, watch);
            disk.Remount("rw");
            if (await small.Resume(bench.Reproduce, disk.Folder, watch) is { } difference)
            {
                wrong.Add(difference);
            }
        }

        return new Finding(name, trials, wrong.Count, wrong.Count > 0 ? wrong[0] : "one line, exit code 1; when writable again continued, tables as undisturbed");
    }

    /// <summary>No file system becomes read-only while a file is open for writing: asked until it does.</summary>
    private static async Task BecomeReadOnly(SmallDisk disk, Task end)
    {
        while (!end.IsCompleted)
        {
            try
            {
                disk.Remount("ro");
                return;
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(1);
            }
        }
    }

    private static void Expect(List<string> wrong, Executable.Outcome outcome, RecordWatch watch)
    {
        if (watch.Lost() > 0)
        {
            wrong.Add("torn records");
        }

        if (outcome.Code != 1 || outcome.Error.TrimEnd('\n').Contains('\n', StringComparison.Ordinal) || !outcome.Error.StartsWith("error: ", StringComparison.Ordinal))
        {
            wrong.Add($"code {outcome.Code}: {outcome.Error}");
        }
    }
}
