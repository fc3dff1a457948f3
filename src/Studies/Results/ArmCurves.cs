namespace Reproduction.Studies.Results;

/// <summary>The curves of named arms, as a table of <see cref="CurveRow"/> has them.</summary>
public sealed class ArmCurves(IReadOnlyList<CurveRow> rows)
{
    private readonly ILookup<(string Arm, string Curve), CurveRow> byCurve = rows.ToLookup(row => (row.Arm, row.Curve));

    /// <summary>A curve's values at every step, one per seed; the steps ascend.</summary>
    public IReadOnlyList<(double At, double[] Values)> Points(string arm, string curve) =>
        [
            .. byCurve[(arm, curve)]
                .GroupBy(row => row.Step, row => row.Value)
                .OrderBy(point => point.Key)
                .Select(point => ((double)point.Key, point.ToArray())),
        ];
}
