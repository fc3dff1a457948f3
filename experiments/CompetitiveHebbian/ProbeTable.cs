using Reproduction.Statistics;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Probe accuracies as a table of results: one row per run and probe.</summary>
/// <param name="rows">The rows of the table.</param>
/// <param name="correct">The test samples that runs got right; where they were kept.</param>
internal sealed class ProbeTable(IReadOnlyList<ProbeRow> rows, IReadOnlyList<CorrectRow>? correct = null)
{
    private readonly CorrectSamples samples = new(correct ?? []);

    private readonly ILookup<(string Rule, string Condition, int Width, string Probe), ProbeRow> byArm = rows.ToLookup(
        row => (row.Rule, row.Condition, row.Width, row.Probe)
    );

    /// <summary>The rows behind the queries.</summary>
    public IReadOnlyList<ProbeRow> Rows => rows;

    /// <summary>The widths in the table, ascending.</summary>
    public IReadOnlyList<int> Widths => [.. rows.Select(row => row.Width).Distinct().Order()];

    /// <summary>The table of the test samples that runs got right under some probes.</summary>
    public static ResultTable<CorrectRow> Correct(
        string experiment,
        IEnumerable<MeasuredRun<PaperArm>> runs,
        params IEnumerable<string> probes
    ) => new(CorrectRow.NameOf(experiment), CorrectRow.Of(runs.Select(run => run.Record), probes.Distinct()));

    /// <summary>Makes the table.</summary>
    public static ResultTable<ProbeRow> Assemble(string name, IEnumerable<MeasuredRun<PaperArm>> runs)
    {
        IEnumerable<ProbeRow> rows = from run in runs from probe in run.Spec.Probes select Row(run, probe);
        return new ResultTable<ProbeRow>(name, [.. rows]);
    }

    /// <summary>
    /// A column's values, one per seed in ascending order; null where a run diverged or has no such value.
    /// </summary>
    public IReadOnlyList<double?> Values(
        string rule,
        string condition,
        int width,
        string probe,
        Func<ProbeRow, double?> column
    ) => [.. byArm[(rule, condition, width, probe)].OrderBy(row => row.Seed).Select(column)];

    /// <summary>Accuracies in percent, one per seed in ascending order.</summary>
    public IReadOnlyList<double?> Accuracies(string rule, string condition, int width, string probe) =>
        Values(rule, condition, width, probe, row => 100 * row.TestAccuracy);

    /// <summary>A column's values by seed; seeds that have none are left out.</summary>
    public IReadOnlyDictionary<long, double> BySeed(
        string rule,
        string condition,
        int width,
        string probe,
        Func<ProbeRow, double?> column
    ) =>
        byArm[(rule, condition, width, probe)]
            .Where(row => column(row) is not null)
            .ToDictionary(row => row.Seed, row => column(row)!.Value);

    /// <summary>The test samples that an arm's runs got right, by seed; none where a run diverged.</summary>
    public SampleTable Right(string rule, string condition, int width, string probe) =>
        samples.Of(probe, byArm[(rule, condition, width, probe)].Select(row => (row.Seed, row.RunId)));

    /// <summary>Accuracies in percent by seed; seeds that diverged are left out.</summary>
    public IReadOnlyDictionary<long, double> BySeed(string rule, string condition, int width, string probe) =>
        BySeed(rule, condition, width, probe, row => 100 * row.TestAccuracy);

    /// <summary>
    /// What each seed gained from one condition and probe to another, in points of accuracy; seeds without a partner
    /// are left out.
    /// </summary>
    public static IReadOnlyDictionary<long, double> Gains(
        IReadOnlyDictionary<long, double> from,
        IReadOnlyDictionary<long, double> to
    ) =>
        to.Where(pair => from.ContainsKey(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value - from[pair.Key]);

    private static ProbeRow Row(MeasuredRun<PaperArm> run, string probe)
    {
        double? Measure(string measure) => run.Measure(MeasureNames.Probe(probe, measure));
        return new ProbeRow(
            run.Arm.Rule.Name,
            run.Arm.Condition,
            run.Arm.Width,
            run.Seed,
            run.RunId,
            probe,
            Measure("testAccuracy"),
            Measure("testChosenAccuracy"),
            Measure("classesNeverPredicted"),
            Measure("epochs"),
            Measure("converged"),
            Measure("penalty"),
            Measure("penaltyAtEdge"),
            run.Measure(MeasureNames.Neurons("live")),
            run.Record.Divergence
        );
    }
}
