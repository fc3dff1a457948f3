using Reproduction.Studies.Results;

namespace Reproduction.Studies;

/// <summary>Reads the tables of <see cref="ArmTables"/>.</summary>
public sealed class ArmRows(ResultTable data)
{
    private readonly ILookup<string, string[]> rows = data.Rows.ToLookup(row => data.Text(row, "arm"));

    /// <summary>In the order of the table.</summary>
    public IReadOnlyList<string> Arms => [.. rows.Select(arm => arm.Key)];

    /// <summary>How many seeds there are.</summary>
    public int Seeds { get; } = data.Rows.Select(row => data.Text(row, "seed")).Distinct().Count();

    /// <summary>How many runs or rows an arm has.</summary>
    public int Count(string arm) => rows[arm].Count();

    /// <summary>
    /// A column's numbers, one a seed; null where a run has none, because it diverged. Empty if the arm was not run.
    /// </summary>
    public IReadOnlyList<double?> Values(string arm, string column) =>
        [.. rows[arm].OrderBy(row => data.Number(row, "seed")).Select(row => data.Number(row, column))];

    /// <summary>A column's numbers in percent, one a seed; null where a run has none.</summary>
    public IReadOnlyList<double?> Percent(string arm, string column) =>
        [.. Values(arm, column).Select(value => 100 * value)];

    /// <summary>"ARM", or "ARM (2 of 3)" where some runs diverged.</summary>
    public string Label(string arm) =>
        rows[arm].Count(row => data.Text(row, "status") == RunStatus.Finished) is var finished && finished < Count(arm)
            ? $"{arm} ({finished} of {Count(arm)})"
            : arm;

    /// <summary>Whether any of an arm's runs diverged.</summary>
    public bool HasDiverged(string arm) => rows[arm].Any(row => data.Text(row, "status") != RunStatus.Finished);

    /// <summary>A column's text in the arm's first row; empty if it was not run.</summary>
    public string Text(string arm, string column) =>
        rows[arm].FirstOrDefault() is { } row ? data.Text(row, column) : "";

    /// <summary>Of a table with a row a measure: its values, one a seed.</summary>
    public double[] Measure(string arm, string measure) =>
        [
            .. rows[arm]
                .Where(row => data.Text(row, "measure") == measure)
                .Select(row => data.Number(row, "value"))
                .OfType<double>(),
        ];

    /// <summary>The names of an arm's measures with some prefix, which is left out.</summary>
    public IReadOnlyList<string> MeasuresOf(string arm, string prefix) =>
        [
            .. rows[arm]
                .Select(row => data.Text(row, "measure"))
                .Where(measure => measure.StartsWith(prefix, StringComparison.Ordinal))
                .Select(measure => measure[prefix.Length..])
                .Distinct(),
        ];

    /// <summary>Of a table with a row a step: a curve's values at every step, one a seed, ascending.</summary>
    public IReadOnlyList<(double At, double[] Values)> Points(string arm, string curve) =>
        [
            .. rows[arm]
                .Where(row => data.Text(row, "curve") == curve)
                .GroupBy(row => data.Number(row, "step")!.Value, row => data.Number(row, "value")!.Value)
                .OrderBy(point => point.Key)
                .Select(point => (point.Key, point.ToArray())),
        ];
}
