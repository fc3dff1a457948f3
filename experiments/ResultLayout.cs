using System.Text.Json;
using Reproduction.Data;
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
    private const string ProvenanceFile = "provenance.json";

    public string Runs => Path.Combine(Results, "runs");

    public static string NameOf(Profile profile) => profile.ToString().ToLowerInvariant();

    public string ResultsOf(Profile profile, string paper, string dataSet) => Path.Combine(Results, NameOf(profile), paper, dataSet);

    public string FiguresOf(Profile profile, string paper, string dataSet) => Path.Combine(Figures, NameOf(profile), paper, dataSet);

    public void SaveProvenance(Profile profile, string paper, string dataSet, Provenance provenance) =>
        provenance.Save(Path.Combine(ResultsOf(profile, paper, dataSet), ProvenanceFile));

    /// <summary>The results of one paper, data set and profile; null if there are none.</summary>
    public ResultFolder? Open(Profile profile, string paper, string dataSet)
    {
        string folder = ResultsOf(profile, paper, dataSet), file = Path.Combine(folder, ProvenanceFile);
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            Provenance provenance = JsonSerializer.Deserialize<Provenance>(File.ReadAllBytes(file), RunJson.Options)!;
            return new ResultFolder(folder, dataSet, provenance.DataSet);
        }
        catch (JsonException exception)
        {
            throw new ResultsException($"{file}: damaged; make it again with 'reproduce run'", exception);
        }
    }

    /// <summary>The data sets a paper has results for.</summary>
    public IEnumerable<string> DataSetsWithResults(Profile profile, string paper) => DataSets.Names.Where(name => Open(profile, paper, name) is not null);
}
