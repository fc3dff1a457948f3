using Reproduction.Evaluation;

namespace Reproduction.Experiments;

/// <summary>
/// Where things lie: <c>results/runs</c> (single runs), <c>results/PROFILE/PAPER/DATASET</c> (CSV and provenance), and the same path below
/// the figures folder. Profiles and data sets never overwrite each other.
/// </summary>
/// <param name="Results">The results folder.</param>
/// <param name="Figures">The figures folder.</param>
internal sealed record ResultLayout(string Results, string Figures)
{
    public string Runs => Path.Combine(Results, "runs");

    public string FiguresOf(Profile profile, string paper, string dataSet) => Path.Combine(Figures, KebabCase.From(profile), paper, dataSet);

    /// <summary>
    /// Saves an experiment's tables. Its provenance goes first and comes back last, so where there is one, all tables are of one making.
    /// </summary>
    /// <returns>The paths of the CSV files.</returns>
    public IReadOnlyList<string> Save(Experiment experiment, Profile profile, string dataSet, IReadOnlyList<ResultTable> tables, Provenance provenance)
    {
        string folder = ResultsOf(experiment, profile, dataSet), note = ProvenanceOf(experiment, profile, dataSet);
        if (Directory.Exists(folder))
        {
            File.Delete(note);
        }

        foreach (ResultTable table in tables)
        {
            table.Save(folder);
        }

        provenance.Save(note);
        return [.. tables.Select(table => Path.Combine(folder, table.Name + ".csv"))];
    }

    /// <summary>An experiment's results; null if there are none.</summary>
    /// <exception cref="ResultsException">They are damaged.</exception>
    public ResultFolder? Open(Experiment experiment, Profile profile, string dataSet) =>
        Provenance.Load(ProvenanceOf(experiment, profile, dataSet)) is { } provenance
            ? new ResultFolder(ResultsOf(experiment, profile, dataSet), dataSet, provenance)
            : null;

    private string ResultsOf(Experiment experiment, Profile profile, string dataSet) => Path.Combine(Results, KebabCase.From(profile), experiment.Paper, dataSet);

    private string ProvenanceOf(Experiment experiment, Profile profile, string dataSet) =>
        Path.Combine(ResultsOf(experiment, profile, dataSet), experiment.Name + ".provenance.json");
}
