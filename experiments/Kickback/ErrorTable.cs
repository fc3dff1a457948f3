using Reproduction.Evaluation;

namespace Reproduction.Experiments.Kickback;

/// <summary>The errors of arms as a table of results: one row a run, diverged ones included.</summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
internal sealed class ErrorTable(ResultTable data)
{
    public const string Diverged = "diverged";
    private const string Finished = "finished";

    // As good as the mean of the targets, which a network of dead units says.
    private const double NothingLearned = 0.99;

    private readonly ILookup<string, string[]> rows = data.Rows.ToLookup(row => string.Join('|', KickbackArm.Columns.Select(column => data.Text(row, column))));

    /// <param name="records">Those that belong to the table.</param>
    public static ResultTable Assemble(string name, IEnumerable<RunRecord> records)
    {
        ResultTable table = new(name, [.. KickbackArm.Columns, "learningRate", "seed", "runId", "status", "steps", "testNmse", "validationNmse"]);
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            table.Add(
            [
                .. KickbackArm.Of(record.Spec).Cells, record.Spec.LearningRate, record.Spec.Seed, record.RunId, record.Divergence is null ? Finished : Diverged, record.Steps,
                record.Measure(MeasureNames.TestError), record.Measure(MeasureNames.ValidationError),
            ]);
        }

        return table;
    }

    /// <summary>Normalised test errors, one a seed in their order; null where a run diverged. Empty if the arm was not run.</summary>
    public IReadOnlyList<double?> Errors(KickbackArm arm) => [.. rows[arm.Key].OrderBy(row => data.Number(row, "seed")).Select(row => data.Number(row, "testNmse"))];

    /// <summary>The same by seed, a diverged run as infinitely wrong.</summary>
    public IReadOnlyDictionary<long, double> BySeed(KickbackArm arm) =>
        rows[arm.Key].ToDictionary(row => (long)data.Number(row, "seed")!.Value, row => data.Number(row, "testNmse") ?? double.PositiveInfinity);

    /// <summary>Mean validation error over seeds, by which arms are chosen; infinite where a run diverged.</summary>
    public double Validation(KickbackArm arm) => rows[arm.Key].Select(row => data.Number(row, "validationNmse") ?? double.PositiveInfinity).DefaultIfEmpty(double.PositiveInfinity).Average();

    /// <summary>The learning rate of the arm's runs, if all have the same; null if not.</summary>
    public double? Rate(KickbackArm arm) => rows[arm.Key].Select(row => data.Number(row, "learningRate")).Distinct().ToArray() is [{ } rate] ? rate : null;

    /// <summary>Which share of the arm's runs diverged, and which learned no more than the mean or diverged; null if it was not run.</summary>
    public (double Diverged, double Failed)? Failures(KickbackArm arm)
    {
        string[][] own = [.. rows[arm.Key]];
        return own.Length == 0 ? null : (
            own.Count(row => data.Text(row, "status") == Diverged) / (double)own.Length,
            own.Count(row => !(data.Number(row, "validationNmse") < NothingLearned)) / (double)own.Length);
    }
}
