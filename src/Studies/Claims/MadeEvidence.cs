using Reproduction.Studies.Results;

namespace Reproduction.Studies.Claims;

/// <summary>Tables that were just made and not saved.</summary>
/// <param name="dataSetTitle">The data set's name on figures.</param>
/// <param name="tables">The tables of each experiment by its name.</param>
internal sealed class MadeEvidence(string dataSetTitle, IReadOnlyDictionary<string, IReadOnlyList<IResultTable>> tables)
    : IEvidenceSource
{
    /// <inheritdoc/>
    public string DataSetTitle => dataSetTitle;

    /// <inheritdoc/>
    public IReadOnlyList<TRow> Table<TRow>(string experiment, string table)
        where TRow : class =>
        tables.TryGetValue(experiment, out IReadOnlyList<IResultTable>? made)
            ? made.OfType<ResultTable<TRow>>().Single(candidate => candidate.Name == table).Rows
            : throw new MissingEvidenceException($"{experiment} was not run");
}
