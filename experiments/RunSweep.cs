using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Experiments.CommandLine;

namespace Reproduction.Experiments;

/// <summary>Carries out specs and tells of it; what is already in the run store is not run again.</summary>
internal sealed class RunSweep(ResultLayout layout, RuleCatalog rules, IDisplay display, int threads)
{
    /// <summary>The records by run id.</summary>
    /// <param name="failed">Told of rules that broke down, whose runs are left out; without it the first is thrown when all other runs are made.</param>
    /// <param name="isSearch">Whether the runs try settings out, so that some are expected to diverge.</param>
    public IReadOnlyDictionary<string, RunRecord> Run(IReadOnlyList<RunSpec> specs, DataSet data, bool isSearch, CancellationToken cancellation, Action<Exception>? failed = null)
    {
        RunStore store = new(layout.Runs, display.Line);
        store.ReportOlder();
        Sweep sweep = new(new RunExecutor(rules), store, threads);
        IReadOnlyList<RunRecord> records = [];
        int total = specs.DistinctBy(spec => spec.RunId()).Count(), made = 0;
        display.WithProgress(isSearch ? "search" : "runs", advance => records = sweep.Run(
            specs,
            data,
            advanced: advance,
            finished: record =>
            {
                int number = Interlocked.Increment(ref made);
                if (!isSearch)
                {
                    display.Detail($"[{number}] {RunText.Line(record)}");
                }
            },
            failed: failed,
            cancellation: cancellation));
        RunRecord[] diverged = [.. records.Where(record => record.Divergence is not null).DistinctBy(record => record.RunId)];
        display.Line($"{(isSearch ? "search" : "runs")}: {total} ({made} made now, {total - made} from {layout.Runs}{(diverged.Length > 0 ? $"; {diverged.Length} diverged" : "")})");
        foreach (RunRecord record in isSearch ? [] : diverged)
        {
            display.Line($"warning: {RunText.Line(record)}");
        }

        return records.DistinctBy(record => record.RunId).ToDictionary(record => record.RunId);
    }
}
