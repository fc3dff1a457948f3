using CsvHelper;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>The accuracies of one run, in [0, 1]; empty if it diverged or its output was not trained.</summary>
[CsvRecord]
internal sealed partial record AccuracyRow(RunRow Run, double? ValidationAccuracy, double? TestAccuracy) : ISeeded
{
    /// <inheritdoc/>
    [CsvIgnore]
    public long Seed => Run.Seed;

    /// <summary>Makes two tables: of final runs and baselines, and of the searches for them.</summary>
    public static IReadOnlyList<IResultTable> Pair(
        string name,
        string searchName,
        IReadOnlyList<MeasuredRun<string>> runs
    ) => [Final(name, runs, arm => arm), Search(searchName, runs, arm => arm)];

    /// <summary>Makes the table of final runs and baselines.</summary>
    /// <param name="nameOf">The name of an arm in the table.</param>
    public static ResultTable<AccuracyRow> Final<TArm>(
        string name,
        IReadOnlyList<MeasuredRun<TArm>> runs,
        Func<TArm, string> nameOf
    ) => Table(name, runs.Where(run => run.Role != RunRole.Search), nameOf);

    /// <summary>Makes the table of searches.</summary>
    /// <param name="nameOf">The name of an arm in the table.</param>
    public static ResultTable<AccuracyRow> Search<TArm>(
        string name,
        IReadOnlyList<MeasuredRun<TArm>> runs,
        Func<TArm, string> nameOf
    ) => Table(name, runs.Where(run => run.Role == RunRole.Search), nameOf);

    /// <summary>The rows of a table by arm.</summary>
    public static ArmRuns<AccuracyRow> ByArm(IReadOnlyList<AccuracyRow> rows) => new(rows, row => row.Run);

    private static ResultTable<AccuracyRow> Table<TArm>(
        string name,
        IEnumerable<MeasuredRun<TArm>> runs,
        Func<TArm, string> nameOf
    )
    {
        IEnumerable<AccuracyRow> rows = runs.Select(run => new AccuracyRow(
            RunRow.Of(nameOf(run.Arm), run.Record),
            run.Measure(MeasureNames.ValidationAccuracy),
            run.Measure(MeasureNames.TestAccuracy)
        ));
        return new ResultTable<AccuracyRow>(name, [.. rows]);
    }
}
