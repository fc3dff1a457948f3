namespace Reproduction.Studies.Results;

/// <summary>The measures of named arms, as a table of <see cref="MeasureRow"/> has them.</summary>
public sealed class ArmMeasures(IReadOnlyList<MeasureRow> rows)
{
    private readonly ILookup<string, MeasureRow> byArm = rows.ToLookup(row => row.Arm);

    /// <summary>The names of the arms, in the order of the table.</summary>
    public IReadOnlyList<string> Arms => [.. byArm.Select(arm => arm.Key)];

    /// <summary>The number of seeds.</summary>
    public int Seeds { get; } = rows.Select(row => row.Seed).Distinct().Count();

    /// <summary>A measure's values, one per seed; empty if the arm has none.</summary>
    public double[] Values(string arm, string measure) =>
        [.. byArm[arm].Where(row => row.Measure == measure).Select(row => row.Value)];

    /// <summary>The names of an arm's measures with a prefix, which is left out.</summary>
    public IReadOnlyList<string> Names(string arm, string prefix) =>
        [
            .. byArm[arm]
                .Where(row => row.Measure.StartsWith(prefix, StringComparison.Ordinal))
                .Select(row => row.Measure[prefix.Length..])
                .Distinct(),
        ];
}
