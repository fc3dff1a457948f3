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
        ExperimentPlan plan = new(profile, data.Id, seeds, rules);
        IReadOnlyList<RunSpec>[] specs = [.. experiments.Select(experiment => (IReadOnlyList<RunSpec>)[.. experiment.Runs(plan)])];
        RunStore store = new(layout.Runs, display.Line);
        Dictionary<string, RunRecord> records = Sweep([.. specs.SelectMany(list => list)], store, data, cancellation);
        for (int e = 0; e < experiments.Count; e++)
        {
            foreach (ResultTable table in experiments[e].Assemble([.. specs[e].Select(spec => records[spec.RunId()])]))
            {
                string folder = layout.ResultsOf(profile, experiments[e].Paper, data.Id);
                table.Save(folder);
                display.Line($"results: {Path.Combine(folder, table.Name)}.csv");
            }
        }

        Provenance provenance = Provenance.Of(data, commandLine, seeds, threads);
        foreach (string paper in experiments.Select(experiment => experiment.Paper).Distinct())
        {
            layout.SaveProvenance(profile, paper, data.Id, provenance);
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
