using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Evaluation.Training;
using Reproduction.Studies.Shards;

namespace Reproduction.Studies.Running;

/// <summary>
/// Makes the runs of specs and shows their progress; runs that are already in the run store are not made again.
/// </summary>
public sealed class RunSweep(ResultLayout layout, RuleCatalog rules, IProgressDisplay display, int threads, Shard shard)
{
    private readonly HashSet<string> failures = [];

    /// <summary>The worst outcome of all sweeps so far.</summary>
    public SweepOutcome Outcome { get; private set; }

    /// <summary>
    /// Makes the missing runs and returns the records by run id. The runs of a rule that breaks down or refuses its
    /// network are left out, and the reason is shown once on standard error.
    /// </summary>
    /// <param name="isSearch">Whether the runs try out settings, so that some are expected to diverge.</param>
    public IReadOnlyDictionary<string, RunRecord> Run(
        IReadOnlyList<RunSpec> specs,
        DataSet data,
        bool isSearch,
        CancellationToken cancellation
    )
    {
        RunStore store = new(layout.Runs, display.Line);
        store.ReportOlder();
        Sweep sweep = new(new RunExecutor(rules), store, threads);
        IReadOnlyList<RunSpec> own = shard.Of(specs);
        IReadOnlyList<RunRecord> records = [];
        int total = specs.DistinctBy(spec => spec.RunId()).Count(),
            made = 0;
        display.WithProgress(
            isSearch ? "search" : "runs",
            advance =>
                records = sweep.Run(
                    own,
                    data,
                    advanced: advance,
                    finished: (record, lacking) =>
                    {
                        int number = Interlocked.Increment(ref made);
                        if (!isSearch)
                        {
                            display.Detail($"[{number}/{lacking}] {RunSummary.Line(record)}");
                        }
                    },
                    failed: Failed,
                    cancellation: cancellation
                )
        );
        if (own.Count < specs.Count)
        {
            // Others' runs, so far as they are there.
            records = [.. sweep.Find(specs, data.Sha256).Values];
            foreach (
                string failure in shard == Shard.None
                    ? sweep.FindFailures(specs, data.Sha256).Values.AsEnumerable()
                    : []
            )
            {
                Fail(failure, SweepOutcome.Failed);
            }
        }

        RunRecord[] distinct = [.. records.DistinctBy(record => record.RunId)];
        RunRecord[] diverged = [.. distinct.Where(record => record.Divergence is not null)];
        int missing = total - distinct.Length;
        string title = isSearch ? "search" : "runs";
        string ofShard = shard == Shard.All || shard == Shard.None ? "" : $" in all, {own.Count} in shard {shard}";
        string counts = $"{made} made now, {distinct.Length - made} from {layout.Runs}";
        string failures = diverged.Length > 0 ? $"; {diverged.Length} diverged" : "";
        failures += missing > 0 ? $"; {missing} {(shard == Shard.All ? "failed" : "not there")}" : "";
        display.Line($"{title}: {total}{ofShard} ({counts}{failures})");
        foreach (RunRecord record in isSearch ? [] : diverged)
        {
            display.Line($"warning: {RunSummary.Line(record)}");
        }

        return distinct.ToDictionary(record => record.RunId);
    }

    /// <summary>Counts the runs that are neither among the records nor known to be impossible.</summary>
    public int Missing(IReadOnlyList<RunSpec> specs, IReadOnlyDictionary<string, RunRecord> records, DataSet data)
    {
        RunSpec[] absent =
        [
            .. specs.DistinctBy(spec => spec.RunId()).Where(spec => !records.ContainsKey(spec.RunId())),
        ];
        return absent.Length
            - new Sweep(new RunExecutor(rules), new RunStore(layout.Runs, _ => { }), threads)
                .FindFailures(absent, data.Sha256)
                .Count;
    }

    /// <summary>Shows a failure, once per message.</summary>
    public void Fail(string message, SweepOutcome outcome)
    {
        Outcome = outcome > Outcome ? outcome : Outcome;
        if (failures.Add(message))
        {
            display.Error(message);
        }
    }

    private void Failed(Exception failure) =>
        Fail(failure.Message, failure is RuleFailureException ? SweepOutcome.Failed : SweepOutcome.Refused);
}
