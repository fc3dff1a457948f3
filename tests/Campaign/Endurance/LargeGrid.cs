using System.Diagnostics;
using System.Text.Json;
using Reproduction.Campaign.Disturbances;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies;
using Reproduction.Studies.Shards;

namespace Reproduction.Campaign.Endurance;

/// <summary>
/// Measures how long it takes to find that all runs of a very large grid are finished, and to assemble them.
/// </summary>
internal static class LargeGrid
{
    private const int MostSeconds = 10;

    /// <summary>
    /// Makes the runs of one seed and copies their records for the other seeds. Then it times the commands that look at
    /// all records.
    /// </summary>
    /// <param name="experiment">An experiment without a search.</param>
    public static async Task<TrialResult> Handle(Executable reproduce, string experiment, string dataSet, int runs)
    {
        Trials trials = new($"a grid of very many runs ({experiment})");
        string results = Path.Combine(reproduce.Folder, "grid");
        string[] sweep = [experiment, "--dataset", dataSet, "--results", results];
        trials.Expect(0, await reproduce.Run(["run", .. sweep, "--seeds", "1", "--shard", "1/1"]));
        ResultLayout layout = new(results, results);
        ShardPlan plan = ShardPlan.In(layout).Single();
        int seeds = runs / RecordWatch.Records(results).Count;
        trials.Count = Multiply(plan, layout, seeds);
        string[] grid = [.. sweep, "--seeds", $"{seeds}"];
        (string Name, string Says, string[] Words)[] commands =
        [
            ("lists", $"dry run: {trials.Count} run(s)", ["run", .. grid, "--dry-run"]),
            ("says what is missing", "Nothing is missing", ["slurm", "status", "--results", results]),
            ("resumes and assembles", $"runs: {trials.Count} (0 made now", ["run", .. grid]),
            ("merges", $"runs: {trials.Count} (0 made now", ["merge", "--results", results]),
        ];
        List<string> seen = [];
        foreach ((string name, string says, string[] words) in commands)
        {
            Stopwatch clock = Stopwatch.StartNew();
            Executable.Outcome outcome = await reproduce.Run(words);
            seen.Add($"{name} in {clock.Elapsed.TotalSeconds:0.0} s");
            trials.Unless(clock.Elapsed.TotalSeconds > MostSeconds ? seen[^1] : null);
            trials.Expect(0, outcome);
            trials.Unless(outcome.Output.Contains(says, StringComparison.Ordinal) ? null : outcome.Output);
        }

        return trials.Result($"{string.Join(", ", seen)} (each {MostSeconds} s at most)");
    }

    private static int Multiply(ShardPlan plan, ResultLayout layout, int seeds)
    {
        RuleCatalog rules = RuleCatalog.BuiltIn();
        RunStore store = new(layout.Runs, line => throw new InvalidOperationException(line));
        Experiment experiment = ExperimentCatalog.Select(plan.Experiments).Single();
        ShardPlan all = plan with { Seeds = [.. Enumerable.Range(1, seeds).Select(seed => (long)seed)] };
        all.Save(layout);
        Dictionary<string, RunRecord> models = RecordWatch
            .Records(layout.Results)
            .Select(path =>
                JsonDocument
                    .Parse(File.ReadAllBytes(path))
                    .RootElement.GetProperty("record")
                    .Deserialize<RunRecord>(RunJson.Options)!
            )
            .ToDictionary(record => ModelId(record.Spec));
        IEnumerable<RunSpec> planned = experiment.Runs(all.ToPlan(rules)).Select(run => run.Spec);
        RunSpec[] specs = [.. planned.DistinctBy(spec => spec.RunId())];
        foreach (RunSpec spec in specs)
        {
            RunRecord model = models[ModelId(spec)];
            File.WriteAllBytes(
                Path.Combine(layout.Runs, $"{spec.RunId()}.json"),
                RunStore.Sealed(
                    JsonSerializer.SerializeToUtf8Bytes(
                        model with
                        {
                            RunId = spec.RunId(),
                            Spec = spec,

                            // Only the first seed keeps weights, which are most of a record.
                            Snapshots = spec.Snapshots > 0 ? model.Snapshots : [],
                        },
                        RunJson.Options
                    )
                )
            );
        }

        return specs.Length;
    }

    /// <summary>
    /// Returns an id that is the same for all seeds. It leaves out probes and snapshots, because only the runs of the
    /// first seed are probed and kept in full.
    /// </summary>
    private static string ModelId(RunSpec spec) => (spec with { Seed = 1, Probes = [], Snapshots = 0 }).RunId();
}
