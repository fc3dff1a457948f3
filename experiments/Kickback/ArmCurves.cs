using Reproduction.Evaluation;
using Reproduction.Figures;

namespace Reproduction.Experiments.Kickback;

/// <summary>Curves of arms' runs as a table of results: one row a run, curve and step.</summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
internal sealed class ArmCurves(ResultTable data)
{
    private readonly ILookup<(string Arm, string Curve), string[]> rows =
        data.Rows.ToLookup(row => (string.Join('|', KickbackArm.Columns.Select(column => data.Text(row, column))), data.Text(row, "curve")));

    /// <summary>How many seeds there are.</summary>
    public int Seeds => data.Rows.Select(row => data.Text(row, "seed")).Distinct().Count();

    /// <param name="records">Those that belong to the table.</param>
    /// <param name="keeps">Whether a curve of that name does.</param>
    /// <param name="ends">Whether only the first and the last point are kept.</param>
    public static ResultTable Assemble(string name, IEnumerable<RunRecord> records, Func<string, bool> keeps, bool ends = false)
    {
        ResultTable table = new(name, [.. KickbackArm.Columns, "learningRate", "seed", "curve", "step", "value"]);
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            foreach ((string curve, Series series) in record.Curves.Where(curve => keeps(curve.Key)))
            {
                foreach (int i in Enumerable.Range(0, series.Steps.Length).Where(i => !ends || i == 0 || i == series.Steps.Length - 1))
                {
                    table.Add([.. KickbackArm.Of(record.Spec).Cells, record.Spec.LearningRate, record.Spec.Seed, curve, series.Steps[i], series.Values[i]]);
                }
            }
        }

        return table;
    }

    /// <summary>A curve's values by seed at its first or its last step.</summary>
    public IReadOnlyDictionary<long, double> AtEnd(KickbackArm arm, string curve, bool first) => rows[(arm.Key, curve)]
        .GroupBy(row => (long)data.Number(row, "seed")!.Value)
        .ToDictionary(group => group.Key, group => data.Number((first ? group.MinBy(row => data.Number(row, "step")) : group.MaxBy(row => data.Number(row, "step")))!, "value")!.Value);

    /// <summary>The mean over seeds with its 95 % interval at every step that all seeds reached; of values above 0 on a logarithmic axis both are of the logarithm. Null without values.</summary>
    public Curve? Mean(KickbackArm arm, string curve, string label, int colour, bool isLogarithmic)
    {
        string[][] own = [.. rows[(arm.Key, curve)]];
        int seeds = own.Select(row => data.Text(row, "seed")).Distinct().Count();
        (double Step, double[] Values)[] points = [.. own.GroupBy(row => data.Number(row, "step")!.Value).Where(group => group.Count() == seeds).OrderBy(group => group.Key)
            .Select(group => (At: group.Key, Values: group.Select(row => data.Number(row, "value")!.Value).ToArray()))

            // A dead layer's activity is 0, which no logarithmic axis has.
            .Where(point => !isLogarithmic || point.Values.All(value => value > 0))];
        return points.Length == 0 ? null : Of(label, colour, points, isLogarithmic);
    }

    /// <summary>Means with intervals of some points.</summary>
    /// <param name="points">Where, and the values of all seeds there.</param>
    public static Curve Of(string label, int colour, IReadOnlyList<(double At, double[] Values)> points, bool isLogarithmic)
    {
        double Out(double value) => isLogarithmic ? Math.Exp(value) : value;
        SeedInterval[] intervals = [.. points.Select(point => SeedInterval.Of([.. point.Values.Select(value => isLogarithmic ? Math.Log(value) : value)]))];
        bool hasBand = intervals.All(interval => interval.HasInterval);
        return new Curve(
            label, colour, [.. points.Select(point => point.At)], [.. intervals.Select(interval => Out(interval.Mean))],
            hasBand ? [.. intervals.Select(interval => Out(interval.Mean - interval.HalfWidth))] : null, hasBand ? [.. intervals.Select(interval => Out(interval.Mean + interval.HalfWidth))] : null);
    }
}
