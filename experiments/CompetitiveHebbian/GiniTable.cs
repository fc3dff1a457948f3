namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>How unequally neurons learn, as a table of results: one row per run and layer that learned.</summary>
internal sealed class GiniTable(IReadOnlyList<GiniRow> rows)
{
    /// <summary>
    /// Makes the table. A diverged run keeps its rows, so that a table can say how many there should have been.
    /// </summary>
    public static ResultTable<GiniRow> Assemble(string name, IEnumerable<MeasuredRun<PaperArm>> runs)
    {
        IEnumerable<GiniRow> rows = from run in runs from layer in LearningLayers(run.Arm.Rule) select Row(run, layer);
        return new ResultTable<GiniRow>(name, [.. rows]);
    }

    /// <summary>A column's values, one per seed.</summary>
    public IReadOnlyList<double?> Values(
        string rule,
        string condition,
        int width,
        string layer,
        Func<GiniRow, double?> column
    ) => [.. Rows(rule, condition, width, layer).Select(column)];

    /// <summary>End less start of each seed that came to its end.</summary>
    public IReadOnlyDictionary<long, double> Changes(string rule, string condition, int width, string layer) =>
        Rows(rule, condition, width, layer)
            .Where(row => row.GiniEnd is not null)
            .ToDictionary(row => row.Seed, row => row.GiniEnd!.Value - row.GiniStart!.Value);

    private IEnumerable<GiniRow> Rows(string rule, string condition, int width, string layer) =>
        rows.Where(row => row.Rule == rule && row.Condition == condition && row.Width == width && row.Layer == layer);

    private static string[] LearningLayers(PaperRule rule) =>
        rule == PublishedProtocol.SoftHebb
            ? [PublishedProtocol.HiddenLayer, PublishedProtocol.OutputLayer]
            : [PublishedProtocol.HiddenLayer];

    private static GiniRow Row(MeasuredRun<PaperArm> run, string layer)
    {
        double? Steps(string kind) => run.Measure(MeasureNames.Steps(layer, kind));
        return new GiniRow(
            run.Arm.Rule.Name,
            run.Arm.Condition,
            run.Arm.Width,
            run.Seed,
            run.RunId,
            layer,
            run.Measure(MeasureNames.Gini(layer, "start")),
            run.Measure(MeasureNames.Gini(layer, "end")),
            Steps("moving"),
            Steps("repeated"),
            Steps("ever"),
            run.Record.Divergence
        );
    }
}
