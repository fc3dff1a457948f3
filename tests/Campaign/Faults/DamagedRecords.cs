namespace Reproduction.Campaign.Faults;

/// <summary>Records that a disk or a hand has changed.</summary>
internal static class DamagedRecords
{
    public static async Task<Finding> Damage(FaultBench bench, int trials)
    {
        UndisturbedSweep small = await bench.Small();
        string results = bench.NewFolder();
        await bench.Reproduce.Run(small.Command(results));
        int done = 0, missed = 0;
        string? difference = null;
        while (done < trials)
        {
            string[] damaged = [.. RecordWatch.Records(results).OrderBy(_ => bench.Random.Next()).Take(trials - done)];
            foreach (string path in damaged)
            {
                byte[] content = File.ReadAllBytes(path);
                if (done++ % 2 == 0)
                {
                    content[bench.Random.Next(content.Length)] ^= (byte)(1 << bench.Random.Next(8));
                }
                else
                {
                    content = content[..bench.Random.Next(content.Length)];
                }

                File.WriteAllBytes(path, content);
            }

            Executable.Outcome outcome = await bench.Reproduce.Run(small.Command(results));
            missed += damaged.Count(path => !outcome.Output.Contains($"{path}: damaged or of an older version; the run is repeated", StringComparison.Ordinal));
            difference ??= small.Difference(results);
        }

        return new Finding("record with a flipped bit, or truncated", done, missed + (difference is null ? 0 : 1), difference ?? $"{done - missed} found by their checksum, named, and their runs repeated; tables as undisturbed");
    }
}
