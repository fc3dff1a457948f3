using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Results;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Experiments;

/// <summary>Saved results of experiments whose runs were made up, and the ledger that follows from them.</summary>
public sealed class MadeUpResults : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("made-up-");
    private readonly ResultLayout layout;

    public MadeUpResults()
    {
        layout = new ResultLayout(folder.FullName, folder.FullName);
    }

    public void Dispose() => folder.Delete(recursive: true);

    /// <summary>Searches, runs and saves an experiment in the paper profile with ten seeds.</summary>
    /// <param name="run">Makes the record of a run from an empty one.</param>
    public void Save(Experiment experiment, string dataSet, Func<RunRecord, RunRecord> run)
    {
        ExperimentPlan plan = new(
            dataSet,
            Profile.Paper,
            [.. Enumerable.Range(1, 10).Select(seed => (long)seed)],
            Toy.Rules
        );
        MeasuredRun Measured(PlannedRun planned) => planned.Measured(run(MadeUp.Record(planned.Spec)));
        MeasuredRun[] searched = [.. experiment.Search(plan).Select(Measured)];
        plan = plan with
        {
            Searched = searched.DistinctBy(made => made.RunId).ToDictionary(made => made.RunId, made => made.Record),
        };
        MeasuredRun[] runs = [.. searched, .. experiment.Runs(plan).Select(Measured)];
        Provenance provenance = Provenance.Of(Toy.Set, [], [.. runs.Select(made => made.Record)]);
        layout.Save(experiment, Profile.Paper, dataSet, experiment.Assemble(runs), provenance);
    }

    /// <summary>Opens the results that were saved.</summary>
    public ResultFolder Open(Experiment experiment, string dataSet) => layout.Open(experiment, Profile.Paper, dataSet)!;

    public string Verdict(string id) => Row(id).Verdict;

    public string Value(string id) => Row(id).Value;

    private LedgerRow Row(string id) => new Ledger(layout).Compute().Single(row => row.Id == id);
}
