namespace Reproduction.Studies.Claims;

/// <summary>The tables of one paper's experiments, saved or just made.</summary>
internal interface IEvidenceSource
{
    /// <summary>The data set's name on figures; null before anything was read.</summary>
    string? DataSetTitle { get; }

    /// <inheritdoc cref="Evidence.Table"/>
    IReadOnlyList<TRow> Table<TRow>(string experiment, string table)
        where TRow : class;
}
