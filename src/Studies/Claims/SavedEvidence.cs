using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Claims;

/// <summary>The saved results of one paper; each table is read once.</summary>
/// <param name="open">The results of an experiment by its name; null if there are none.</param>
internal sealed class SavedEvidence(Func<string, ResultFolder?> open) : IEvidenceSource
{
    private readonly Dictionary<string, ResultFolder> opened = [];
    private readonly Dictionary<(string Experiment, string Table), object> tables = [];

    /// <inheritdoc/>
    public string? DataSetTitle => opened.Values.FirstOrDefault()?.Provenance.DataSet;

    /// <inheritdoc/>
    public IReadOnlyList<TRow> Table<TRow>(string experiment, string table)
        where TRow : class
    {
        ResultFolder folder = Folder(experiment);
        if (!tables.TryGetValue((experiment, table), out object? rows))
        {
            tables[(experiment, table)] = rows = folder.Table<TRow>(table);
        }

        return (IReadOnlyList<TRow>)rows;
    }

    private ResultFolder Folder(string experiment)
    {
        if (opened.TryGetValue(experiment, out ResultFolder? folder))
        {
            return folder;
        }

        folder = open(experiment) ?? throw new MissingEvidenceException($"{experiment} was not run");
        if (
            opened.FirstOrDefault(other => other.Value.Provenance.DataSetSha256 != folder.Provenance.DataSetSha256) is
            { Key: { } name, Value: { } other }
        )
        {
            throw new ResultsException(
                $"{folder.Path}: {experiment} was made from {folder.Provenance.DataSet} (SHA-256 "
                    + $"{folder.Provenance.DataSetSha256[..12]}…) and {name} from {other.Provenance.DataSet} "
                    + $"({other.Provenance.DataSetSha256[..12]}…); run both again on the same data"
            );
        }

        return opened[experiment] = folder;
    }
}
