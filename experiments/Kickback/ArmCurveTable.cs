namespace Reproduction.Experiments.Kickback;

/// <summary>Curves of arms' runs as a table of results: one row per run, curve and step.</summary>
internal sealed class ArmCurveTable(IReadOnlyList<ArmCurveRow> rows)
{
    private readonly ILookup<(KickbackArm Arm, string Curve), ArmCurveRow> byCurve = rows.ToLookup(row =>
        (row.Arm, row.Curve)
    );

    /// <summary>The first step that was measured.</summary>
    public int FirstStep { get; } = rows.Select(row => row.Step).DefaultIfEmpty().Min();

    /// <summary>The last step that was measured.</summary>
    public int LastStep { get; } = rows.Select(row => row.Step).DefaultIfEmpty().Max();

    /// <summary>The largest number of hidden layers.</summary>
    public int Deepest { get; } = rows.Select(row => row.Arm.Depth).DefaultIfEmpty().Max();

    /// <summary>The number of seeds.</summary>
    public int Seeds { get; } = rows.Select(row => row.Seed).Distinct().Count();

    /// <summary>Makes the table of some curves of the final runs.</summary>
    /// <param name="keeps">Whether a curve of that name belongs to the table.</param>
    /// <param name="ends">Whether only the first and the last step of all are kept.</param>
    public static ResultTable<ArmCurveRow> Assemble(
        string name,
        IEnumerable<MeasuredRun<KickbackArm>> runs,
        Func<string, bool> keeps,
        bool ends = false
    )
    {
        IEnumerable<ArmCurveRow> points =
            from run in runs
            where run.Role == RunRole.Final
            from curve in run.Record.Curves
            where keeps(curve.Key)
            from point in curve.Value.Steps.Zip(curve.Value.Values)
            select ArmCurveRow.Of(run, curve.Key, point.First, point.Second);
        ArmCurveRow[] all = [.. points];
        int first = all.Select(row => row.Step).DefaultIfEmpty().Min(),
            last = all.Select(row => row.Step).DefaultIfEmpty().Max();
        return new ResultTable<ArmCurveRow>(
            name,
            ends ? [.. all.Where(row => row.Step == first || row.Step == last)] : all
        );
    }

    /// <summary>
    /// A curve's values by seed at the table's first or last step; seeds that have none there are left out.
    /// </summary>
    public IReadOnlyDictionary<long, double> AtEnd(KickbackArm arm, string curve, bool first)
    {
        int step = first ? FirstStep : LastStep;
        return byCurve[(arm, curve)].Where(row => row.Step == step).ToDictionary(row => row.Seed, row => row.Value);
    }

    /// <summary>
    /// The mean over the seeds that came to their end, with its 95 % interval at every step that they all have. On a
    /// logarithmic axis both are of the logarithm. Null without values.
    /// </summary>
    public Curve? Mean(KickbackArm arm, string curve, string label, SeriesStyle style, bool isLogarithmic)
    {
        ILookup<long, ArmCurveRow> seeds = byCurve[(arm, curve)].ToLookup(row => row.Seed);
        IGrouping<long, ArmCurveRow>[] ended = [.. seeds.Where(seed => seed.Any(row => row.Step == LastStep))];
        IEnumerable<(double At, double[] Values)> points =
            from step in ended.SelectMany(seed => seed).GroupBy(row => row.Step, row => row.Value)
            where step.Count() == ended.Length
            orderby step.Key
            select ((double)step.Key, step.ToArray());

        // A dead layer's activity is 0, which no logarithmic axis has.
        (double At, double[] Values)[] drawn =
        [
            .. points.Where(point => !isLogarithmic || point.Values.All(value => value > 0)),
        ];
        return drawn.Length == 0 ? null : MeanCurve.Of(label, style, drawn, isLogarithmic);
    }

    /// <summary>Names the arms of which not all seeds came to their end, in a sentence; empty if there are
    /// none.</summary>
    public string Unfinished(IEnumerable<KickbackArm> arms, string curve)
    {
        IEnumerable<string> some =
            from arm in arms
            let ended = byCurve[(arm, curve)].Count(row => row.Step == LastStep)
            where ended > 0 && ended < Seeds
            select $"{arm.Label}, {arm.Depth} hidden layers, {KebabCase.From(arm.Optimizer)}: {ended} of {Seeds}";
        string all = string.Join("; ", some);
        return all.Length > 0 ? $" Fewer seeds came to their end: {all}." : "";
    }
}
