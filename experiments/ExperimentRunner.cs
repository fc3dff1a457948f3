using Reproduction.Data;
using Reproduction.Evaluation;
using Reproduction.Experiments.CommandLine;

namespace Reproduction.Experiments;

/// <summary>Carries experiments out: all their missing runs of a data set in one sweep, then each one's tables.</summary>
internal sealed class ExperimentRunner(ResultLayout layout, RuleCatalog rules, IDisplay display, int threads)
{
    /// <summary>Runs and saves; what is already in the run store is not run again.</summary>
    /// <param name="chosen">The data set a user chose.</param>
    /// <param name="open">Opens another by its id, for experiments that need one of their own.</param>
    public void Run(IReadOnlyList<Experiment> experiments, Profile profile, DataSet chosen, Func<string, DataSet> open, IReadOnlyList<long> seeds, IReadOnlyList<string> commandLine, CancellationToken cancellation)
    {
        foreach (Experiment experiment in experiments.Where(experiment => experiment.DataSetFor(chosen.Id) is null))
        {
            display.Line($"{experiment.Id}: nothing to run on {chosen.Title}");
        }

        foreach (IGrouping<string, Experiment> group in experiments.Where(experiment => experiment.DataSetFor(chosen.Id) is not null).GroupBy(experiment => experiment.DataSetFor(chosen.Id)!))
        {
            RunOn(group.Key == chosen.Id ? chosen : open(group.Key), [.. group], new ExperimentPlan(group.Key, profile, seeds, rules), commandLine, cancellation);
        }
    }

    private void RunOn(DataSet data, IReadOnlyList<Experiment> experiments, ExperimentPlan plan, IReadOnlyList<string> commandLine, CancellationToken cancellation)
    {
        RunSweep sweep = new(layout, rules, display, threads);
        IReadOnlyList<RunSpec>[] searches = [.. experiments.Select(experiment => (IReadOnlyList<RunSpec>)[.. experiment.Search(plan)])];
        if (searches.Any(list => list.Count > 0))
        {
            plan = plan with { Searched = sweep.Run([.. searches.SelectMany(list => list)], data, isSearch: true, cancellation) };
        }

        IReadOnlyList<RunSpec>[] specs = [.. experiments.Select(experiment => (IReadOnlyList<RunSpec>)[.. experiment.Runs(plan)])];
        IReadOnlyDictionary<string, RunRecord> made = sweep.Run([.. specs.SelectMany(list => list)], data, isSearch: false, cancellation);
        for (int e = 0; e < experiments.Count; e++)
        {
            if (specs[e].Count == 0)
            {
                display.Line($"{experiments[e].Id}: nothing to run on {data.Title}");
                continue;
            }

            RunRecord[] records = [.. searches[e].Select(spec => plan.Searched[spec.RunId()]), .. specs[e].Select(spec => made[spec.RunId()])];
            foreach (string path in layout.Save(experiments[e], plan.Profile, data.Id, experiments[e].Assemble(records), Provenance.Of(data, commandLine, records)))
            {
                display.Line($"results: {path}");
            }
        }
    }
}
