using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Experiments.CommandLine;

namespace Reproduction.Experiments;

/// <summary>Carries out specs and tells of it; what is already in the run store is not run again.</summary>
internal sealed class RunSweep(ResultLayout layout, RuleCatalog rules, IDisplay display, int threads)
{
    private readonly HashSet<string> faults = [];

    /// <summary>Of all sweeps so far: done, or failed because a rule broke down; wrong usage if rules only refused their networks.</summary>
    public int Code { get; private set; } = ExitCode.Done;

    /// <summary>The records by run id. The runs of a rule that breaks down or refuses its network are left out, and it is said on standard error, once.</summary>
    /// <param name="isSearch">Whether the runs try settings out, so that some are expected to diverge.</param>
    public IReadOnlyDictionary<string, RunRecord> Run(IReadOnlyList<RunSpec> specs, DataSet data, bool isSearch, CancellationToken cancellation)
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
            failed: Failed,
            cancellation: cancellation));
        RunRecord[] diverged = [.. records.Where(record => record.Divergence is not null).DistinctBy(record => record.RunId)];
        int found = records.DistinctBy(record => record.RunId).Count();
        display.Line($"{(isSearch ? "search" : "runs")}: {total} ({made} made now, {found - made} from {layout.Runs}{(diverged.Length > 0 ? $"; {diverged.Length} diverged" : "")}{(found < total ? $"; {total - found} failed" : "")})");
        foreach (RunRecord record in isSearch ? [] : diverged)
        {
            display.Line($"warning: {RunText.Line(record)}");
        }

        return records.DistinctBy(record => record.RunId).ToDictionary(record => record.RunId);
    }

    private void Failed(Exception fault)
    {
        Code = Code == ExitCode.Failed || fault is RuleFaultException ? ExitCode.Failed : ExitCode.WrongUsage;
        if (faults.Add(fault.Message))
        {
            Console.Error.WriteLine($"error: {fault.Message}");
        }
    }
}
