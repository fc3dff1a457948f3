using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>Curves of arms' runs as a table of results: one row a run, curve and step.</summary>
/// <param name="data">As one of the methods below made it.</param>
internal sealed class ArmCurves(ResultTable data)
{
    private readonly ILookup<(string Arm, string Curve), string[]> rows = data.Rows.ToLookup(row =>
        (KickbackArm.KeyOf(data, row), data.Text(row, "curve"))
    );

    /// <summary>The first step that anything was looked at.</summary>
    public double FirstStep { get; } = data.Rows.Min(row => data.Number(row, "step")) ?? 0;

    /// <summary>The last step that anything was looked at.</summary>
    public double LastStep { get; } = data.Rows.Max(row => data.Number(row, "step")) ?? 0;

    /// <summary>How many seeds there are.</summary>
    public int Seeds { get; } = data.Rows.Select(row => data.Text(row, "seed")).Distinct().Count();

    /// <param name="records">Those that belong to the table.</param>
    /// <param name="keeps">Whether a curve of that name does.</param>
    /// <param name="ends">Whether only the first and the last step of all are kept.</param>
    public static ResultTable Assemble(
        string name,
        IEnumerable<RunRecord> records,
        Func<string, bool> keeps,
        bool ends = false
    )
    {
        RunRecord[] kept = [.. records.DistinctBy(record => record.RunId)];
        int[] steps =
        [
            .. kept.SelectMany(record => record.Curves)
                .Where(curve => keeps(curve.Key))
                .SelectMany(curve => curve.Value.Steps)
                .Distinct()
                .Order(),
        ];
        return OfPoints(
            name,
            kept.SelectMany(record =>
                    record
                        .Curves.Where(curve => keeps(curve.Key))
                        .SelectMany(curve =>
                            curve.Value.Steps.Zip(curve.Value.Values, (step, value) => (record, curve.Key, step, value))
                        )
                )
                .Where(point => !ends || point.step == steps[0] || point.step == steps[^1])
        );
    }

    /// <summary>The table of some points.</summary>
    public static ResultTable OfPoints(
        string name,
        IEnumerable<(RunRecord Record, string Curve, int Step, double Value)> points
    )
    {
        ResultTable table = new(name, [.. KickbackArm.Columns, "learningRate", "seed", "curve", "step", "value"]);
        foreach ((RunRecord record, string curve, int step, double value) in points)
        {
            table.Add([
                .. KickbackArm.Of(record.Spec).Cells,
                record.Spec.LearningRate,
                record.Spec.Seed,
                curve,
                step,
                value,
            ]);
        }

        return table;
    }

    /// <summary>
    /// A curve's values by seed at the table's first or last step; seeds that have none there are left out.
    /// </summary>
    public IReadOnlyDictionary<long, double> AtEnd(KickbackArm arm, string curve, bool first) =>
        rows[(arm.Key, curve)]
            .Where(row => data.Number(row, "step") == (first ? FirstStep : LastStep))
            .ToDictionary(row => (long)data.Number(row, "seed")!.Value, row => data.Number(row, "value")!.Value);

    /// <summary>
    /// The mean over the seeds that came to their end, with its 95 % interval at every step that they all have; the
    /// label says if some did not. Of values above 0 on a
    /// logarithmic axis both are of the logarithm. Null without values.
    /// </summary>
    public Curve? Mean(KickbackArm arm, string curve, string label, int colour, bool isLogarithmic)
    {
        ILookup<string, string[]> seeds = rows[(arm.Key, curve)].ToLookup(row => data.Text(row, "seed"));
        IGrouping<string, string[]>[] ended =
        [
            .. seeds.Where(seed => seed.Any(row => data.Number(row, "step") == LastStep)),
        ];
        (double Step, double[] Values)[] points =
        [
            .. ended
                .SelectMany(seed => seed)
                .GroupBy(row => data.Number(row, "step")!.Value)
                .Where(group => group.Count() == ended.Length)
                .OrderBy(group => group.Key)
                .Select(group =>
                    (At: group.Key, Values: group.Select(row => data.Number(row, "value")!.Value).ToArray())
                )
                // A dead layer's activity is 0, which no logarithmic axis has.
                .Where(point => !isLogarithmic || point.Values.All(value => value > 0)),
        ];
        return points.Length == 0
            ? null
            : MeanCurve.Of(
                ended.Length == Seeds ? label : $"{label} ({ended.Length} of {Seeds})",
                colour,
                points,
                isLogarithmic
            );
    }
}
