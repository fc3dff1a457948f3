using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Claims;

/// <summary>The saved results of one paper on one data set in one profile, as claims read them.</summary>
public sealed class Evidence
{
    private readonly Func<string, ResultFolder?> open;
    private readonly Dictionary<string, ResultFolder> opened = [];

    /// <param name="open">The results of an experiment by its name; null if there are none.</param>
    internal Evidence(Func<string, ResultFolder?> open)
    {
        this.open = open;
    }

    /// <summary>The data set's name on figures; null before anything was read.</summary>
    public string? DataSetTitle => opened.Values.FirstOrDefault()?.Provenance.DataSet;

    /// <summary>Returns the rows of one table of an experiment.</summary>
    /// <exception cref="MissingEvidenceException">The experiment was not run.</exception>
    /// <exception cref="ResultsException">The table is damaged, or was made from other data than the tables read before
    /// it.</exception>
    public IReadOnlyList<TRow> Table<TRow>(string experiment, string table)
        where TRow : class
    {
        if (!opened.TryGetValue(experiment, out ResultFolder? folder))
        {
            folder = open(experiment) ?? throw new MissingEvidenceException($"{experiment} was not run");
            if (
                opened.FirstOrDefault(other =>
                    other.Value.Provenance.DataSetSha256 != folder.Provenance.DataSetSha256
                ) is
                { Key: { } name, Value: { } other }
            )
            {
                throw new ResultsException(
                    $"{folder.Path}: {experiment} was made from {folder.Provenance.DataSet} (SHA-256 "
                        + $"{folder.Provenance.DataSetSha256[..12]}…) and {name} from {other.Provenance.DataSet} "
                        + $"({other.Provenance.DataSetSha256[..12]}…); run both again on the same data"
                );
            }

            opened[experiment] = folder;
        }

        return folder.Table<TRow>(table);
    }
}
