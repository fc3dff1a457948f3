using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies.Results;

namespace Reproduction.Studies;

/// <summary>
/// The places of files: <c>results/runs</c> (single runs), <c>results/PROFILE/PAPER/DATASET</c> (CSV and provenance),
/// and the same path below the figures folder. Profiles and data sets never overwrite each other.
/// </summary>
/// <param name="Results">The results folder.</param>
/// <param name="Figures">The figures folder.</param>
public sealed record ResultLayout(string Results, string Figures)
{
    public string Runs => Path.Combine(Results, "runs");

    /// <summary>The folder of the plans that shards of experiments leave.</summary>
    public string Plans => Path.Combine(Results, "plans");

    public string FiguresOf(Profile profile, string paper, string dataSet) =>
        Path.Combine(Figures, KebabCase.From(profile), paper, dataSet);

    /// <summary>Saves an experiment's tables with their provenance.</summary>
    /// <returns>The paths of the CSV files.</returns>
    public IReadOnlyList<string> Save(
        Experiment experiment,
        Profile profile,
        string dataSet,
        IReadOnlyList<IResultTable> tables,
        Provenance provenance
    )
    {
        string folder = ResultsOf(experiment, profile, dataSet);
        ResultFolder.Save(folder, ProvenanceOf(experiment, profile, dataSet), tables, provenance);
        return [.. tables.Select(table => Path.Combine(folder, table.FileName))];
    }

    /// <summary>Opens an experiment's results; null if there are none.</summary>
    /// <exception cref="ResultsException">The results are damaged.</exception>
    public ResultFolder? Open(Experiment experiment, Profile profile, string dataSet) =>
        Provenance.Load(ProvenanceOf(experiment, profile, dataSet)) is { } provenance
            ? new ResultFolder(ResultsOf(experiment, profile, dataSet), dataSet, provenance)
            : null;

    private string ResultsOf(Experiment experiment, Profile profile, string dataSet) =>
        Path.Combine(Results, KebabCase.From(profile), experiment.Paper, dataSet);

    private string ProvenanceOf(Experiment experiment, Profile profile, string dataSet) =>
        Path.Combine(ResultsOf(experiment, profile, dataSet), experiment.Name + ".provenance.json");
}
