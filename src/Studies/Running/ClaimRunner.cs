using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Results;
using Reproduction.Studies.Shards;

namespace Reproduction.Studies.Running;

/// <summary>
/// Makes just the runs that decide a claim, and decides it on them; saved tables are left as they are.
/// </summary>
public sealed class ClaimRunner(ResultLayout layout, RuleCatalog rules, IProgressDisplay display, int threads)
{
    private readonly RunSweep sweep = new(layout, rules, display, threads, Shard.All);

    /// <summary>The worst outcome of the runs so far, see <see cref="RunSweep.Outcome"/>.</summary>
    public SweepOutcome Outcome => sweep.Outcome;

    /// <summary>
    /// Decides a claim; runs that are already in the run store are not made again.
    /// </summary>
    /// <param name="paper">The folder of the claim's paper.</param>
    /// <param name="data">The claim's data set.</param>
    /// <exception cref="MissingEvidenceException">A run that it needs could not be made.</exception>
    public LedgerRow Decide(
        string paper,
        Claim claim,
        DataSet data,
        Profile profile,
        IReadOnlyList<long> seeds,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(claim);
        ArgumentNullException.ThrowIfNull(data);
        ExperimentPlan plan = new(data.Id, profile, seeds, rules)
        {
            Plugged = [],
            TrainingSamples = data.Training.Examples.Count,
        };
        (ClaimNeed Need, Experiment Experiment)[] needs =
        [
            .. claim.Needs.Select(need => (need, Ledger.ExperimentOf(paper, claim, need.Experiment))),
        ];
        PlannedRun[][] searches =
        [
            .. needs.Select(need => need.Experiment.Search(plan).Where(need.Need.IsNeeded).ToArray()),
        ];
        plan = plan with { Searched = Run(searches, data, isSearch: true, cancellation) };
        PlannedRun[][] runs = [.. needs.Select(need => need.Experiment.Runs(plan).Where(need.Need.IsNeeded).ToArray())];
        IReadOnlyDictionary<string, RunRecord> made = Run(runs, data, isSearch: false, cancellation);
        Dictionary<string, IReadOnlyList<IResultTable>> tables = [];
        for (int i = 0; i < needs.Length; i++)
        {
            tables[needs[i].Need.Experiment] = needs[i]
                .Experiment.Assemble([.. Found(searches[i], plan.Searched), .. Found(runs[i], made)]);
        }

        return Ledger.Decide(claim, new MadeEvidence(data.Title, tables), profile);
    }

    private IReadOnlyDictionary<string, RunRecord> Run(
        PlannedRun[][] runs,
        DataSet data,
        bool isSearch,
        CancellationToken cancellation
    )
    {
        RunSpec[] specs = [.. runs.SelectMany(list => list).Select(run => run.Spec)];
        return specs.Length > 0 ? sweep.Run(specs, data, isSearch, cancellation) : new Dictionary<string, RunRecord>();
    }

    private static IEnumerable<MeasuredRun> Found(
        IEnumerable<PlannedRun> runs,
        IReadOnlyDictionary<string, RunRecord> records
    ) => from run in runs let id = run.Spec.RunId() where records.ContainsKey(id) select run.Measured(records[id]);
}
