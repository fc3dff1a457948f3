using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Experiments.CommandLine;
using Reproduction.Experiments.Shares;

namespace Reproduction.Experiments;

/// <summary>Carries out specs and tells of it; what is already in the run store is not run again.</summary>
internal sealed class RunSweep(ResultLayout layout, RuleCatalog rules, IDisplay display, int threads, Share share)
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
        IReadOnlyList<RunSpec> own = share.Of(specs);
        IReadOnlyList<RunRecord> records = [];
        int total = specs.DistinctBy(spec => spec.RunId()).Count(), made = 0;
        display.WithProgress(isSearch ? "search" : "runs", advance => records = sweep.Run(
            own,
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
        if (own.Count < specs.Count)
        {
            // Others' runs, so far as they are there.
            records = [.. sweep.Find(specs, data.Sha256).Values];
            foreach (string fault in share == Share.None ? sweep.FindFaults(specs, data.Sha256).Values.AsEnumerable() : [])
            {
                Fail(fault, ExitCode.Failed);
            }
        }

        RunRecord[] diverged = [.. records.Where(record => record.Divergence is not null).DistinctBy(record => record.RunId)];
        int found = records.DistinctBy(record => record.RunId).Count();
        int missing = total - found;
        string ofShare = share == Share.All || share == Share.None ? "" : $" in all, {own.Count} in share {share}";
        display.Line($"{(isSearch ? "search" : "runs")}: {total}{ofShare} ({made} made now, {found - made} from {layout.Runs}{(diverged.Length > 0 ? $"; {diverged.Length} diverged" : "")}{(missing > 0 ? $"; {missing} {(share == Share.All ? "failed" : "not there")}" : "")})");
        foreach (RunRecord record in isSearch ? [] : diverged)
        {
            display.Line($"warning: {RunText.Line(record)}");
        }

        return records.DistinctBy(record => record.RunId).ToDictionary(record => record.RunId);
    }

    /// <summary>How many runs are neither among the records nor known to be impossible.</summary>
    public int Missing(IReadOnlyList<RunSpec> specs, IReadOnlyDictionary<string, RunRecord> records, DataSet data)
    {
        RunSpec[] absent = [.. specs.DistinctBy(spec => spec.RunId()).Where(spec => !records.ContainsKey(spec.RunId()))];
        return absent.Length - new Sweep(new RunExecutor(rules), new RunStore(layout.Runs, _ => { }), threads).FindFaults(absent, data.Sha256).Count;
    }

    /// <summary>Says, once, that something failed.</summary>
    public void Fail(string message, int code)
    {
        Code = Code == ExitCode.Failed ? Code : code;
        if (faults.Add(message))
        {
            Console.Error.WriteLine($"error: {message}");
        }
    }

    private void Failed(Exception fault) => Fail(fault.Message, fault is RuleFaultException ? ExitCode.Failed : ExitCode.WrongUsage);
}
