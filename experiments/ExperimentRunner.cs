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
        ExperimentPlan plan = new(data.Id, profile, seeds, rules);
        IReadOnlyList<RunSpec>[] specs = [.. experiments.Select(experiment => (IReadOnlyList<RunSpec>)[.. experiment.Runs(plan)])];
        IReadOnlyDictionary<string, RunRecord> made = new RunSweep(layout, rules, display, threads).Run([.. specs.SelectMany(list => list)], data, cancellation);
        for (int e = 0; e < experiments.Count; e++)
        {
            if (specs[e].Count == 0)
            {
                display.Line($"{experiments[e].Id}: nothing to run on {data.Title}");
                continue;
            }

            RunRecord[] records = [.. specs[e].Select(spec => made[spec.RunId()])];
            foreach (string path in layout.Save(experiments[e], profile, data.Id, experiments[e].Assemble(records), Provenance.Of(data, commandLine, records)))
            {
                display.Line($"results: {path}");
            }
        }
    }
}
