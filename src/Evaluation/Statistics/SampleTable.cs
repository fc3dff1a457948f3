namespace Reproduction.Statistics;

/// <summary>
/// A value for each seed and test sample, such as d = 1 where a rule is right and random projections are wrong, −1 the
/// other way round, and 0 where both are right or both wrong.
/// </summary>
public sealed class SampleTable
{
    private readonly SortedDictionary<long, double[]> rows;

    private SampleTable(SortedDictionary<long, double[]> rows, IEnumerable<long> diverged)
    {
        this.rows = rows;
        Diverged = diverged.Where(rows.ContainsKey).ToHashSet();
    }

    /// <summary>The seeds, ascending.</summary>
    public IReadOnlyCollection<long> Seeds => rows.Keys;

    /// <summary>Those of the seeds at which a run diverged, so that it counts as wrong on every sample.</summary>
    public IReadOnlySet<long> Diverged { get; }

    /// <summary>The number of test samples, m; 0 if there is no seed.</summary>
    public int Samples => rows.Count == 0 ? 0 : rows.First().Value.Length;

    /// <summary>The values of each seed's samples, in the order of <see cref="Seeds"/>.</summary>
    internal IReadOnlyCollection<double[]> Rows => rows.Values;

    /// <summary>The mean over test samples of each seed, in the order of <see cref="Seeds"/>.</summary>
    public double[] SeedMeans() => [.. rows.Values.Select(row => row.Average())];

    /// <summary>Creates a table of one row per seed.</summary>
    /// <exception cref="ArgumentException">Rows differ in length, or have none.</exception>
    public static SampleTable Of(IEnumerable<(long Seed, double[] Values)> rows) => Of(rows, []);

    private static SampleTable Of(IEnumerable<(long Seed, double[] Values)> rows, IEnumerable<long> diverged)
    {
        SortedDictionary<long, double[]> bySeed = new(rows.ToDictionary(row => row.Seed, row => row.Values));
        return bySeed.Values.Select(row => row.Length).Distinct().ToArray() is [] or [> 0]
            ? new SampleTable(bySeed, diverged)
            : throw new ArgumentException("Every seed needs the same number of test samples, at least one.");
    }

    /// <summary>1 where a seed's run is right on a test sample, else 0.</summary>
    /// <param name="correct">One bit per sample, the first in the lowest bit of the first byte; null for a run that
    /// diverged.</param>
    /// <param name="samples">The number of test samples.</param>
    public static SampleTable Right(IEnumerable<(long Seed, byte[]? Correct)> correct, int samples)
    {
        (long Seed, byte[]? Correct)[] runs = [.. correct];
        return Of(
            runs.Select(run => (run.Seed, run.Correct is { } bits ? Unpacked(bits, samples) : new double[samples])),
            from run in runs
            where run.Correct is null
            select run.Seed
        );
    }

    /// <summary>
    /// The differences of two tables, for the seeds that both have: this table's values less the other's.
    /// </summary>
    public SampleTable Less(SampleTable other) => Plus(-1, other);

    /// <summary>This table's values times a factor.</summary>
    public SampleTable Times(double factor) =>
        Of(rows.Select(row => (row.Key, Array.ConvertAll(row.Value, value => factor * value))), Diverged);

    /// <summary>This table's values plus a factor times another's, for the seeds that both have.</summary>
    public SampleTable Plus(double factor, SampleTable other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (rows.Count > 0 && other.rows.Count > 0 && Samples != other.Samples)
        {
            throw new ArgumentException($"{Samples} and {other.Samples} test samples.");
        }

        return Of(
            from row in rows
            where other.rows.ContainsKey(row.Key)
            let others = other.rows[row.Key]
            select (row.Key, row.Value.Zip(others, (own, value) => own + (factor * value)).ToArray()),
            Diverged.Union(other.Diverged)
        );
    }

    /// <summary>1 for each test sample whose bit is set, else 0.</summary>
    /// <param name="bits">One bit per sample, the first in the lowest bit of the first byte.</param>
    public static double[] Unpacked(byte[] bits, int samples) =>
        [.. Enumerable.Range(0, samples).Select(i => (double)((bits[i / 8] >> (i % 8)) & 1))];
}
