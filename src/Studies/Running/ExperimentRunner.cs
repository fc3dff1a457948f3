using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies.Shards;

namespace Reproduction.Studies.Running;

/// <summary>
/// Carries experiments out: all their missing runs of a data set in one sweep, then each one's tables.
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

    /// <summary>How the runs so far ended, see <see cref="RunSweep.Outcome"/>.</summary>
    public SweepOutcome Outcome => sweep.Outcome;

    /// <summary>Runs and saves; what is already in the run store is not run again.</summary>
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

    /// <summary>Says how many runs it would be; searches are counted as if none were made, so none is made.</summary>
    /// <returns>In all, those that experiments share counted once.</returns>
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
                .. experiment.Search(plan).Concat(experiment.Runs(plan)).Select(spec => spec.RunId()).Distinct(),
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

    /// <summary>Puts together what shares have made, and says what is still missing; nothing is run.</summary>
    /// <param name="open">Opens a data set by its name.</param>
    /// <exception cref="ResultsException">The data at hand are not those that the shares had.</exception>
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
                $"{data.Title}: the shares were run on other data (SHA-256 {shared.DataSetSha256[..12]}…) "
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
        if (shard != Shard.All && shard != Shard.None)
        {
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
        }

        IReadOnlyList<RunSpec>[] searches =
        [
            .. experiments.Select(experiment => (IReadOnlyList<RunSpec>)[.. experiment.Search(plan)]),
        ];
        if (searches.Any(list => list.Count > 0))
        {
            RunSpec[] all = [.. searches.SelectMany(list => list)];
            plan = plan with { Searched = sweep.Run(all, data, isSearch: true, cancellation) };
            int[] searching = [.. searches.Select(list => sweep.Missing(list, plan.Searched, data))];
            for (int e = 0; e < experiments.Count; e++)
            {
                if (searching[e] > 0)
                {
                    Incomplete(
                        experiments[e],
                        $"{searching[e]} run(s) of its search are not there yet",
                        "when all shares have made theirs, run each again for what comes after the search"
                    );
                }
            }

            (experiments, searches) = (
                [.. experiments.Where((_, e) => searching[e] == 0)],
                [.. searches.Where((_, e) => searching[e] == 0)]
            );
        }

        IReadOnlyList<RunSpec>[] specs =
        [
            .. experiments.Select(experiment => (IReadOnlyList<RunSpec>)[.. experiment.Runs(plan)]),
        ];
        IReadOnlyDictionary<string, RunRecord> made = sweep.Run(
            [.. specs.SelectMany(list => list)],
            data,
            isSearch: false,
            cancellation
        );
        for (int e = 0; e < experiments.Count; e++)
        {
            if (specs[e].Count == 0)
            {
                display.Line($"{experiments[e].Id}: nothing to run on {data.Title}");
                continue;
            }

            if (shard != Shard.All && sweep.Missing(specs[e], made, data) is > 0 and int missing)
            {
                Incomplete(
                    experiments[e],
                    $"{missing} of {specs[e].DistinctBy(spec => spec.RunId()).Count()} runs are not there yet",
                    "when all shares have made theirs, 'reproduce merge' puts them together"
                );
                continue;
            }

            if (shard != Shard.All && shard != Shard.None)
            {
                // Another share may be at the same place at the same time: who assembles is for the user to say.
                continue;
            }

            RunRecord[] records = [.. Found(searches[e], plan.Searched), .. Found(specs[e], made)];
            foreach (
                string path in layout.Save(
                    experiments[e],
                    plan.Profile,
                    data.Id,
                    experiments[e].Assemble(records),
                    Provenance.Of(data, commandLine, records)
                )
            )
            {
                display.Line($"results: {path}");
            }
        }
    }

    /// <summary>What a share cannot know is no failure; what is to be put together and is not there is one.</summary>
    /// <param name="missing">In words.</param>
    /// <param name="next">What is then to be done by who made a share.</param>
    private void Incomplete(Experiment experiment, string missing, string next)
    {
        if (shard == Shard.None)
        {
            sweep.Fail(
                $"{experiment.Id}: {missing}; run the shares that lack them again, then merge",
                SweepOutcome.Failed
            );
        }
        else
        {
            display.Line($"{experiment.Id}: {missing}; {next}");
        }
    }

    private static IEnumerable<RunRecord> Found(
        IEnumerable<RunSpec> specs,
        IReadOnlyDictionary<string, RunRecord> records
    ) => specs.Select(spec => spec.RunId()).Where(records.ContainsKey).Select(id => records[id]);
}
