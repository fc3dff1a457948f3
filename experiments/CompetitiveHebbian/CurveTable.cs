using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Curves over steps as a table of results: one row a run and step.</summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
internal sealed class CurveTable(ResultTable data)
{
    /// <param name="curves">The names of curves in records, and what they are called in the table.</param>
    public static ResultTable Assemble(
        string name,
        IReadOnlyList<RunRecord> records,
        IReadOnlyList<(string Curve, string Name)> curves
    )
    {
        ResultTable table = new(name, ["rule", "condition", "seed", "curve", "step", "value"]);
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            foreach ((string curve, string called) in curves)
            {
                if (record.Curves.TryGetValue(curve, out Series? series))
                {
                    for (int i = 0; i < series.Steps.Length; i++)
                    {
                        table.Add(
                            ProbeTable.RuleName(record),
                            ProbeTable.ArmOf(record),
                            record.Spec.Seed,
                            called,
                            series.Steps[i],
                            series.Values[i]
                        );
                    }
                }
            }
        }

        return table;
    }

    /// <summary>How many seeds there are.</summary>
    public int Seeds => data.Rows.Select(row => data.Text(row, "seed")).Distinct().Count();

    /// <summary>The values of every seed at every step that all of them reached, seed by seed.</summary>
    public (double[] Steps, double[][] BySeed) Read(string rule, string condition, string curve)
    {
        string[][] rows =
        [
            .. data.Rows.Where(row =>
                data.Text(row, "rule") == rule
                && data.Text(row, "condition") == condition
                && data.Text(row, "curve") == curve
            ),
        ];
        int seeds = rows.Select(row => data.Text(row, "seed")).Distinct().Count();
        (double Step, double[] Values)[] points =
        [
            .. from row in rows
            group data.Number(row, "value")!.Value by data.Number(row, "step")!.Value into step
            where step.Count() == seeds
            orderby step.Key
            select (step.Key, step.ToArray()),
        ];
        return (
            [.. points.Select(point => point.Step)],
            [.. Enumerable.Range(0, seeds).Select(seed => points.Select(point => point.Values[seed]).ToArray())]
        );
    }

    /// <summary>The mean over seeds, each smoothed by a centred moving mean, with its 95 % interval.</summary>
    public Curve Mean(PaperRule rule, string condition, string curve, int window = 1)
    {
        (double[] steps, double[][] bySeed) = Read(rule.Name, condition, curve);
        double[][] smooth = [.. bySeed.Select(values => Smooth(values, window))];
        SeedInterval[] intervals =
        [
            .. steps.Select((_, i) => SeedInterval.Of([.. smooth.Select(values => values[i])])),
        ];
        bool hasBand = bySeed.Length > 1;
        return new Curve(
            rule.Name,
            rule.Colour,
            steps,
            [.. intervals.Select(interval => interval.Mean)],
            hasBand ? [.. intervals.Select(interval => interval.Mean - interval.HalfWidth)] : null,
            hasBand ? [.. intervals.Select(interval => interval.Mean + interval.HalfWidth)] : null
        );
    }

    /// <summary>What the curves are.</summary>
    public string Note =>
        Seeds > 1 ? $"Curves: mean over {Seeds} seeds with the 95 % interval of the mean." : "Curves: one seed.";

    private static double[] Smooth(double[] values, int window) =>
        [
            .. values.Select(
                (_, i) =>
                {
                    int from = Math.Max(0, i - (window / 2)),
                        to = Math.Min(values.Length, i + (window / 2) + 1);
                    return values[from..to].Average();
                }
            ),
        ];
}
