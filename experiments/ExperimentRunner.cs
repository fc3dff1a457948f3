using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Experiments.CommandLine;

namespace Reproduction.Experiments;

/// <summary>Carries experiments out: all their missing runs in one sweep, then each one's tables.</summary>
internal sealed class ExperimentRunner(ResultLayout layout, RuleCatalog rules, IDisplay display, int threads)
{
    /// <summary>Runs and saves; what is already in the run store is not run again.</summary>
    public void Run(IReadOnlyList<Experiment> experiments, Profile profile, DataSet data, IReadOnlyList<long> seeds, IReadOnlyList<string> commandLine, CancellationToken cancellation)
    {
        ExperimentPlan plan = new(data.Id, seeds, rules);
        IReadOnlyList<RunSpec>[] specs = [.. experiments.Select(experiment => (IReadOnlyList<RunSpec>)[.. experiment.Runs(plan)])];
        RunStore store = new(layout.Runs, display.Line);
        store.ReportOlder();
        Dictionary<string, RunRecord> made = Sweep([.. specs.SelectMany(list => list)], store, data, cancellation);
        for (int e = 0; e < experiments.Count; e++)
        {
            RunRecord[] records = [.. specs[e].Select(spec => made[spec.RunId()])];
            foreach (string path in layout.Save(experiments[e], profile, data.Id, experiments[e].Assemble(records), Provenance.Of(data, commandLine, records)))
            {
                display.Line($"results: {path}");
            }
        }
    }

    private Dictionary<string, RunRecord> Sweep(IReadOnlyList<RunSpec> specs, RunStore store, DataSet data, CancellationToken cancellation)
    {
        Sweep sweep = new(new RunExecutor(rules), store, threads);
        IReadOnlyList<RunRecord> records = [];
        int total = specs.DistinctBy(spec => spec.RunId()).Count(), made = 0;
        display.WithProgress("runs", advance => records = sweep.Run(
            specs,
            data,
            advanced: advance,
            finished: record => display.Detail($"[{Interlocked.Increment(ref made)}] {RunText.Line(record)}"),
            cancellation: cancellation));
        display.Line($"runs: {total} ({made} made now, {total - made} from {layout.Runs})");
        foreach (RunRecord record in records.Where(record => record.Divergence is not null).DistinctBy(record => record.RunId))
        {
            display.Line($"warning: {RunText.Line(record)}");
        }

        return records.DistinctBy(record => record.RunId).ToDictionary(record => record.RunId);
    }
}
