namespace Reproduction.Studies.Results;

/// <summary>The runs of named arms, as a table with a row per run has them.</summary>
/// <param name="rows">The rows of the table.</param>
/// <param name="runOf">The columns of a row that describe its run.</param>
public sealed class ArmRuns<TRow>(IReadOnlyList<TRow> rows, Func<TRow, RunRow> runOf)
    where TRow : class
{
    private readonly ILookup<string, TRow> byArm = rows.ToLookup(row => runOf(row).Arm);

    /// <summary>The names of the arms, in the order of the table.</summary>
    public IReadOnlyList<string> Arms => [.. byArm.Select(arm => arm.Key)];

    /// <summary>The number of seeds.</summary>
    public int Seeds { get; } = rows.Select(row => runOf(row).Seed).Distinct().Count();

    /// <summary>The number of runs of an arm.</summary>
    public int Count(string arm) => byArm[arm].Count();

    /// <summary>The rows of an arm.</summary>
    public IEnumerable<TRow> Of(string arm) => byArm[arm];

    /// <summary>The columns that describe the arm's first run; null if the arm was not run.</summary>
    public RunRow? First(string arm) => byArm[arm].FirstOrDefault() is { } row ? runOf(row) : null;

    /// <summary>
    /// A column's numbers, one per seed; null where a run has none, because it diverged. Empty if the arm was not run.
    /// </summary>
    public IReadOnlyList<double?> Values(string arm, Func<TRow, double?> column) =>
        [.. byArm[arm].OrderBy(row => runOf(row).Seed).Select(column)];

    /// <summary>A column's shares in percent, one per seed; null where a run has none.</summary>
    public IReadOnlyList<double?> Percent(string arm, Func<TRow, double?> column) =>
        [.. Values(arm, column).Select(value => 100 * value)];

    /// <summary>"ARM", or "ARM (2 of 3)" where some runs diverged.</summary>
    public string Label(string arm)
    {
        int finished = byArm[arm].Count(row => !runOf(row).HasDiverged);
        return finished < Count(arm) ? $"{arm} ({finished} of {Count(arm)})" : arm;
    }

    /// <summary>Whether any of an arm's runs diverged.</summary>
    public bool HasDiverged(string arm) => byArm[arm].Any(row => runOf(row).HasDiverged);
}
