using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies.Results;
using Reproduction.Studies.Shards;

namespace Reproduction.Studies.Running;

/// <summary>
/// Carries experiments out: makes all their missing runs on a data set in one sweep, then saves each experiment's
/// tables.
/// </summary>
public sealed class ExperimentRunner(
    ResultLayout layout,
    RuleCatalog rules,
    IProgressDisplay display,
    int threads,
    Shard shard
)
{
    private readonly RunSweep sweep = new(layout, rules, display, threads, shard);

    /// <summary>The worst outcome of the runs so far, see <see cref="RunSweep.Outcome"/>.</summary>
    public SweepOutcome Outcome => sweep.Outcome;

    /// <summary>
    /// Makes and saves the results of experiments; runs that are already in the run store are not made again.
    /// </summary>
    /// <param name="chosen">The name of the data set a user chose; it is opened only if an experiment runs on
    /// it.</param>
    /// <param name="open">Opens a data set by its name.</param>
    /// <returns>The data set that each experiment ran on; those that do not run with that choice are left
    /// out.</returns>
    public IReadOnlyDictionary<Experiment, string> Run(
        IReadOnlyList<Experiment> experiments,
        Profile profile,
        string chosen,
        Func<string, DataSet> open,
        IReadOnlyList<long> seeds,
        IReadOnlyList<string> commandLine,
        CancellationToken cancellation
    )
    {
        // What "auto" will be has classes, as the embedded digits have.
        string kind = chosen == DataSets.Auto ? Digits.Id : chosen;
        Dictionary<Experiment, string> ran = [];
        Experiment[] idle = [.. experiments.Where(experiment => experiment.DataSetFor(kind) is null)];
        if (idle.Length > 0)
        {
            display.Line($"nothing to run on {chosen}: {string.Join(", ", idle.Select(experiment => experiment.Id))}");
        }

        foreach (
            IGrouping<string, Experiment> group in experiments
                .Where(experiment => experiment.DataSetFor(kind) is not null)
                .GroupBy(experiment => experiment.DataSetFor(kind)!)
        )
        {
            DataSet data = open(group.Key == kind ? chosen : group.Key);
            if (group.Key != kind)
            {
                display.Line($"data: {data.Title}, for {string.Join(", ", group.Select(experiment => experiment.Id))}");
            }

            RunOn(
                data,
                [.. group],
                new ExperimentPlan(data.Id, profile, seeds, rules) { TrainingSamples = data.Training.Examples.Count },
                commandLine,
                cancellation
            );
            foreach (Experiment experiment in group)
            {
                ran[experiment] = data.Id;
            }
        }

        return ran;
    }

    /// <summary>Counts the runs of experiments without making any; no search is taken to be finished.</summary>
    /// <returns>The number of distinct runs; those that experiments share count once.</returns>
    public int Count(IReadOnlyList<Experiment> experiments, Profile profile, string chosen, IReadOnlyList<long> seeds)
    {
        string kind = chosen == DataSets.Auto ? Digits.Id : chosen;
        HashSet<string> all = [];
        foreach (Experiment experiment in experiments)
        {
            if (experiment.DataSetFor(kind) is not { } dataSet)
            {
                display.Line($"{experiment.Id}: nothing to run on {chosen}");
                continue;
            }

            ExperimentPlan plan = new(dataSet, profile, seeds, rules);
            string[] ids =
            [
                .. experiment.Search(plan).Concat(experiment.Runs(plan)).Select(run => run.Spec.RunId()).Distinct(),
            ];
            all.UnionWith(ids);
            display.Line($"{experiment.Id}: {ids.Length} run(s) on {(dataSet == kind ? chosen : dataSet)}");
        }

        return all.Count;
    }

    /// <summary>Whether an experiment has runs that can only be named when others are finished.</summary>
    public bool HasSearch(
        IReadOnlyList<Experiment> experiments,
        Profile profile,
        string chosen,
        IReadOnlyList<long> seeds
    ) =>
        experiments.Any(experiment =>
            experiment.DataSetFor(chosen == DataSets.Auto ? Digits.Id : chosen) is { } dataSet
            && experiment.Search(new ExperimentPlan(dataSet, profile, seeds, rules)).Any()
        );

    /// <summary>
    /// Assembles the tables from the runs that shards have made, and reports missing runs; nothing is run.
    /// </summary>
    /// <param name="open">Opens a data set by its name.</param>
    /// <exception cref="ResultsException">The data set differs from the one that the shards used.</exception>
    public void Assemble(
        ShardPlan shared,
        Func<string, DataSet> open,
        IReadOnlyList<string> commandLine,
        CancellationToken cancellation
    )
    {
        DataSet data = open(shared.DataSet);
        if (data.Sha256 != shared.DataSetSha256)
        {
            throw new ResultsException(
                $"{data.Title}: the shards were run on other data (SHA-256 {shared.DataSetSha256[..12]}…) "
                    + $"than what is at hand ({data.Sha256[..12]}…); name the folder of theirs with --data"
            );
        }

        RunOn(data, ExperimentCatalog.Select(shared.Experiments), shared.ToPlan(rules), commandLine, cancellation);
    }

    private void RunOn(
        DataSet data,
        IReadOnlyList<Experiment> experiments,
        ExperimentPlan plan,
        IReadOnlyList<string> commandLine,
        CancellationToken cancellation
    )
    {
        if (IsOneShard)
        {
            SavePlan(data, experiments, plan);
        }

        PlannedRun[][] searches = [.. experiments.Select(experiment => experiment.Search(plan).ToArray())];
        if (searches.Any(search => search.Length > 0))
        {
            plan = plan with { Searched = sweep.Run(SpecsOf(searches), data, isSearch: true, cancellation) };
            bool[] isSearched = [.. searches.Select((search, e) => IsSearched(experiments[e], search, plan, data))];
            experiments = [.. experiments.Where((_, e) => isSearched[e])];
            searches = [.. searches.Where((_, e) => isSearched[e])];
        }

        PlannedRun[][] runs = [.. experiments.Select(experiment => experiment.Runs(plan).ToArray())];
        IReadOnlyDictionary<string, RunRecord> made = sweep.Run(SpecsOf(runs), data, isSearch: false, cancellation);
        for (int e = 0; e < experiments.Count; e++)
        {
            if (IsReady(experiments[e], runs[e], made, data))
            {
                MeasuredRun[] measured = [.. Found(searches[e], plan.Searched), .. Found(runs[e], made)];
                Save(experiments[e], measured, plan, data, commandLine);
            }
        }
    }

    /// <summary>Whether this process makes one shard of several, and others make the rest.</summary>
    private bool IsOneShard => shard != Shard.All && shard != Shard.None;

    private void SavePlan(DataSet data, IReadOnlyList<Experiment> experiments, ExperimentPlan plan) =>
        new ShardPlan
        {
            Experiments = [.. experiments.Select(experiment => experiment.Id)],
            Profile = plan.Profile,
            DataSet = data.Id,
            DataSetSha256 = data.Sha256,
            TrainingSamples = plan.TrainingSamples,
            Seeds = [.. plan.Seeds],
            Plugged = [.. plan.Plugged.Select(rule => rule.Id)],
        }.Save(layout);

    private bool IsSearched(Experiment experiment, PlannedRun[] search, ExperimentPlan plan, DataSet data)
    {
        int missing = sweep.Missing(SpecsOf(search), plan.Searched, data);
        if (missing > 0)
        {
            Incomplete(
                experiment,
                $"{missing} run(s) of its search are not there yet",
                "when all shards have made theirs, run each again for what comes after the search"
            );
        }

        return missing == 0;
    }

    /// <summary>Whether an experiment's tables can be assembled now; if not, the reason is reported.</summary>
    private bool IsReady(
        Experiment experiment,
        PlannedRun[] runs,
        IReadOnlyDictionary<string, RunRecord> made,
        DataSet data
    )
    {
        if (runs.Length == 0)
        {
            display.Line($"{experiment.Id}: nothing to run on {data.Title}");
            return false;
        }

        int missing = shard == Shard.All ? 0 : sweep.Missing(SpecsOf(runs), made, data);
        if (missing > 0)
        {
            Incomplete(
                experiment,
                $"{missing} of {runs.DistinctBy(run => run.Spec.RunId()).Count()} runs are not there yet",
                "when all shards have made theirs, 'reproduce merge' puts them together"
            );
        }

        // Several shards may end at the same time in the same folder, so the user says which process assembles.
        return missing == 0 && !IsOneShard;
    }

    private void Save(
        Experiment experiment,
        MeasuredRun[] runs,
        ExperimentPlan plan,
        DataSet data,
        IReadOnlyList<string> commandLine
    )
    {
        MeasuredRun[] shown = [.. runs.Where(run => run.Role != RunRole.Search)];
        Provenance provenance = Provenance.Of(data, commandLine, [.. runs.Select(run => run.Record)]) with
        {
            Seeds = SeedsOf(shown.Length > 0 ? shown : runs),
        };
        IReadOnlyList<IResultTable> tables = experiment.Assemble(runs);
        foreach (string path in layout.Save(experiment, plan.Profile, data.Id, tables, provenance))
        {
            display.Detail($"results: {path}");
        }
    }

    /// <summary>
    /// Reports missing runs: as a failure if everything is to be assembled, and only as a message from a single shard.
    /// </summary>
    /// <param name="missing">The missing runs, in words.</param>
    /// <param name="next">What the user of a single shard does then.</param>
    private void Incomplete(Experiment experiment, string missing, string next)
    {
        if (shard == Shard.None)
        {
            sweep.Fail(
                $"{experiment.Id}: {missing}; run the shards that lack them again, then merge",
                SweepOutcome.Failed
            );
        }
        else
        {
            display.Line($"{experiment.Id}: {missing}; {next}");
        }
    }

    private static long[] SeedsOf(MeasuredRun[] runs) =>
        [.. runs.Select(run => run.Record.Spec.Seed).Distinct().Order()];

    private static RunSpec[] SpecsOf(params IEnumerable<PlannedRun>[] runs) =>
        [.. runs.SelectMany(list => list).Select(run => run.Spec)];

    private static IEnumerable<MeasuredRun> Found(
        IEnumerable<PlannedRun> runs,
        IReadOnlyDictionary<string, RunRecord> records
    ) => from run in runs let id = run.Spec.RunId() where records.ContainsKey(id) select run.Measured(records[id]);
}
