using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Studies.Shards;

/// <summary>The state of an experiment's runs, by what the run store holds.</summary>
/// <param name="All">The number of runs that can be named so far.</param>
/// <param name="IsSearching">Whether more runs will be named when the search is finished.</param>
public sealed record ShardStatus(
    string Experiment,
    string DataSet,
    int Finished,
    int Running,
    int Failed,
    int All,
    bool IsSearching
)
{
    public int Missing => All - Finished - Running - Failed;

    /// <summary>Counts the runs of each experiment of a plan that are finished, running, failed and missing.</summary>
    /// <param name="passedOver">Receives one line for each record that exists but does not count.</param>
    public static IEnumerable<ShardStatus> Of(
        ShardPlan shared,
        ResultLayout layout,
        RuleCatalog rules,
        Action<string> passedOver
    )
    {
        RunStore store = new(layout.Runs, passedOver);
        Sweep sweep = new(new RunExecutor(rules), store, Environment.ProcessorCount);
        ExperimentPlan plan = shared.ToPlan(rules);
        DateTime now = Directory.Exists(layout.Runs) ? store.Now() : default;
        foreach (Experiment experiment in ExperimentCatalog.Select(shared.Experiments))
        {
            RunSpec[] search = [.. experiment.Search(plan).Select(run => run.Spec)];
            Dictionary<string, RunRecord> searched = sweep.Find(search, shared.DataSetSha256);
            bool isSearching =
                searched.Count + sweep.FindFailures(search, shared.DataSetSha256).Count
                < search.DistinctBy(spec => spec.RunId()).Count();
            IEnumerable<PlannedRun> runs = isSearching ? [] : experiment.Runs(plan with { Searched = searched });
            RunSpec[] specs = [.. search.Concat(runs.Select(run => run.Spec)).DistinctBy(spec => spec.RunId())];
            HashSet<string> finished =
            [
                .. searched.Keys,
                .. sweep.Find([.. specs.Where(spec => !searched.ContainsKey(spec.RunId()))], shared.DataSetSha256).Keys,
            ];
            RunSpec[] rest = [.. specs.Where(spec => !finished.Contains(spec.RunId()))];
            RunSpec[] idle = [.. rest.Where(spec => !store.IsMarked(spec, now))];
            yield return new ShardStatus(
                experiment.Id,
                shared.DataSet,
                finished.Count,
                rest.Length - idle.Length,
                sweep.FindFailures(idle, shared.DataSetSha256).Count,
                specs.Length,
                isSearching
            );
        }
    }
}
