using Reproduction.Studies.Results;

namespace Reproduction.Studies.Claims;

/// <summary>The results of one paper on one data set in one profile, as claims read them.</summary>
public sealed class Evidence
{
    private readonly IEvidenceSource source;
    private readonly long? leftOut;
    private readonly SortedSet<long> seeds;

    internal Evidence(IEvidenceSource source)
        : this(source, null, []) { }

    private Evidence(IEvidenceSource source, long? leftOut, SortedSet<long> seeds)
    {
        this.source = source;
        this.leftOut = leftOut;
        this.seeds = seeds;
    }

    /// <summary>The data set's name on figures; null before anything was read.</summary>
    public string? DataSetTitle => source.DataSetTitle;

    /// <summary>The seeds of all rows read so far.</summary>
    public IReadOnlyCollection<long> Seeds => seeds;

    /// <summary>The same results without those of one seed.</summary>
    public Evidence Without(long seed) => new(source, seed, []);

    /// <summary>Returns the rows of one table of an experiment.</summary>
    /// <exception cref="MissingEvidenceException">The experiment was not run.</exception>
    /// <exception cref="Reproduction.Evaluation.Records.ResultsException">The table is damaged, or was made from other
    /// data than the tables read before it.</exception>
    public IReadOnlyList<TRow> Table<TRow>(string experiment, string table)
        where TRow : class
    {
        IReadOnlyList<TRow> rows = source.Table<TRow>(experiment, table);
        if (!typeof(TRow).IsAssignableTo(typeof(ISeeded)))
        {
            return rows;
        }

        TRow[] kept = [.. rows.Where(row => ((ISeeded)row).Seed != leftOut)];
        seeds.UnionWith(kept.Select(row => ((ISeeded)row).Seed));
        return kept;
    }
}
