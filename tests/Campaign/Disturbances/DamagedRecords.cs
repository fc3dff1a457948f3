using Reproduction.Evaluation.Store;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Damages records as a disk or a user might.</summary>
internal static class DamagedRecords
{
    public static async Task<TrialResult> Damage(TrialBench bench, int count)
    {
        UndisturbedSweep small = await bench.Small();
        Trials trials = new("record with a flipped bit, or truncated");
        string results = bench.NewFolder();
        trials.Expect(0, await bench.Reproduce.Run(small.Command(results)));
        while (trials.Count < count)
        {
            string[] damaged =
            [
                .. RecordWatch.Records(results).OrderBy(_ => bench.Random.Next()).Take(count - trials.Count),
            ];
            foreach (string path in damaged)
            {
                byte[] content = File.ReadAllBytes(path);
                if (trials.Count++ % 2 == 0)
                {
                    content[bench.Random.Next(content.Length)] ^= (byte)(1 << bench.Random.Next(8));
                }
                else
                {
                    content = content[..bench.Random.Next(content.Length)];
                }

                File.WriteAllBytes(path, content);
            }

            // The tables must be made again from the repeated runs.
            Directory.Delete(Path.Combine(results, "quick"), recursive: true);
            Executable.Outcome outcome = await bench.Reproduce.Run(small.Command(results));
            trials.Expect(0, outcome);
            trials.Unless(
                MadeRuns.In(outcome) is var made && made != damaged.Length
                    ? $"{made} runs were made for {damaged.Length} damaged records"
                    : null
            );
            foreach (
                string path in damaged.Where(path =>
                    !outcome.Output.Contains(
                        $"{path}: damaged or of an older version; the run is repeated",
                        StringComparison.Ordinal
                    ) || !RunStore.IsWhole(path)
                )
            )
            {
                trials.Wrong($"{path}: not noticed");
            }

            trials.Unless(small.Difference(results));
        }

        return trials.Result("found by their checksum, named, and their runs repeated; tables as undisturbed");
    }
}
