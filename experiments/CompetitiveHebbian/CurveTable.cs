using Reproduction.Statistics;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Curves over steps as a table of results: one row per run and step.</summary>
internal sealed class CurveTable(IReadOnlyList<PaperCurveRow> rows)
{
    /// <summary>The number of seeds.</summary>
    public int Seeds => rows.Select(row => row.Seed).Distinct().Count();

    /// <summary>What the curves are, for notes below figures.</summary>
    public string Note =>
        Seeds > 1 ? $"Curves: mean over {Seeds} seeds with the 95 % interval of the mean." : "Curves: one seed.";

    /// <summary>Makes the table.</summary>
    /// <param name="curves">The names of curves in records, and what they are called in the table.</param>
    public static ResultTable<PaperCurveRow> Assemble(
        string name,
        IEnumerable<MeasuredRun<PaperArm>> runs,
        IReadOnlyList<(string Curve, string Name)> curves
    )
    {
        IEnumerable<PaperCurveRow> rows =
            from run in runs
            from curve in curves
            where run.Record.Curves.ContainsKey(curve.Curve)
            from row in Points(run, run.Record.Curves[curve.Curve], curve.Name)
            select row;
        return new ResultTable<PaperCurveRow>(name, [.. rows]);
    }

    /// <summary>The values of every seed at every step that all of them reached, seed by seed.</summary>
    public (double[] Steps, double[][] BySeed) Read(string rule, string condition, string curve)
    {
        PaperCurveRow[] found =
        [
            .. rows.Where(row => row.Rule == rule && row.Condition == condition && row.Curve == curve),
        ];
        int seeds = found.Select(row => row.Seed).Distinct().Count();
        IEnumerable<(double Step, double[] Values)> points =
            from row in found
            group row.Value by row.Step into step
            where step.Count() == seeds
            orderby step.Key
            select ((double)step.Key, step.ToArray());
        (double Step, double[] Values)[] shared = [.. points];
        return (
            [.. shared.Select(point => point.Step)],
            [.. Enumerable.Range(0, seeds).Select(seed => shared.Select(point => point.Values[seed]).ToArray())]
        );
    }

    /// <summary>The mean over seeds, each smoothed by a centred moving mean, with its 95 % interval.</summary>
    /// <param name="window">Neighbours in the moving mean.</param>
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
            rule.Style,
            steps,
            [.. intervals.Select(interval => interval.Mean)],
            hasBand ? [.. intervals.Select(interval => interval.Mean - interval.HalfWidth)] : null,
            hasBand ? [.. intervals.Select(interval => interval.Mean + interval.HalfWidth)] : null
        );
    }

    private static IEnumerable<PaperCurveRow> Points(MeasuredRun<PaperArm> run, Series series, string name) =>
        series.Steps.Zip(
            series.Values,
            (step, value) => new PaperCurveRow(run.Arm.Rule.Name, run.Arm.Condition, run.Seed, name, step, value)
        );

    private static double[] Smooth(double[] values, int window) =>
        [.. values.Select((_, i) => values[Math.Max(0, i - (window / 2))..End(values, i, window)].Average())];

    private static int End(double[] values, int i, int window) => Math.Min(values.Length, i + (window / 2) + 1);
}
