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
        RunRecord[] searched = [.. experiment.Search(plan).Select(spec => run(MadeUp.Record(spec)))];
        plan = plan with
        {
            Searched = searched.DistinctBy(record => record.RunId).ToDictionary(record => record.RunId),
        };
        RunRecord[] records = [.. searched, .. experiment.Runs(plan).Select(spec => run(MadeUp.Record(spec)))];
        layout.Save(
            experiment,
            Profile.Paper,
            dataSet,
            experiment.Assemble(records),
            Provenance.Of(Toy.Set, [], records)
        );
    }

    /// <summary>What was saved.</summary>
    public ResultFolder Open(Experiment experiment, string dataSet) => layout.Open(experiment, Profile.Paper, dataSet)!;

    public string Verdict(string id) => Cell(id, "verdict");

    public string Value(string id) => Cell(id, "value");

    private string Cell(string id, string column)
    {
        ResultTable ledger = new Ledger(layout).Compute();
        return ledger.Text(ledger.Rows.Single(row => ledger.Text(row, "id") == id), column);
    }
}
