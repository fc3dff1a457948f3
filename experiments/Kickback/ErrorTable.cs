using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Records;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>The errors of arms as a table of results: one row a run, diverged ones included.</summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
internal sealed class ErrorTable(ResultTable data)
{
    /// <summary>
    /// A run has learned if it explains at least half of the validation targets' variance; a network of dead units
    /// explains nothing.
    /// </summary>
    private const double Learned = 0.5;

    private readonly ILookup<string, string[]> rows = data.Rows.ToLookup(row => KickbackArm.KeyOf(data, row));

    /// <summary>Two tables: of the tuned runs, and of the searches for their learning rates.</summary>
    public static IReadOnlyList<ResultTable> Pair(string name, IReadOnlyList<RunRecord> records) =>
        [
            Assemble(name, records.Where(KickbackProtocol.IsTuned)),
            Assemble(name + "-search", records.Where(record => !KickbackProtocol.IsTuned(record))),
        ];

    /// <param name="records">Those that belong to the table.</param>
    private static ResultTable Assemble(string name, IEnumerable<RunRecord> records)
    {
        ResultTable table = new(
            name,
            [.. KickbackArm.Columns, "learningRate", "seed", "runId", "status", "steps", "testNmse", "validationNmse"]
        );
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            table.Add([
                .. KickbackArm.Of(record.Spec).Cells,
                record.Spec.LearningRate,
                record.Spec.Seed,
                record.RunId,
                RunStatus.Of(record),
                record.Steps,
                record.Measure(MeasureNames.TestError),
                record.Measure(MeasureNames.ValidationError),
            ]);
        }

        return table;
    }

    /// <summary>
    /// Normalised test errors, one a seed in their order; null where a run diverged. Empty if the arm was not run.
    /// </summary>
    public IReadOnlyList<double?> Errors(KickbackArm arm) =>
        [.. rows[arm.Key].OrderBy(row => data.Number(row, "seed")).Select(row => data.Number(row, "testNmse"))];

    /// <summary>The same by seed, a diverged run as infinitely wrong.</summary>
    public IReadOnlyDictionary<long, double> BySeed(KickbackArm arm) =>
        rows[arm.Key]
            .ToDictionary(
                row => (long)data.Number(row, "seed")!.Value,
                row => data.Number(row, "testNmse") ?? double.PositiveInfinity
            );

    /// <summary>
    /// Median validation error over seeds, by which arms are chosen; a diverged run's is infinite, and so is that of an
    /// arm that was not run.
    /// </summary>
    public double Validation(KickbackArm arm) =>
        rows[arm.Key]
            .Select(row => data.Number(row, "validationNmse") ?? double.PositiveInfinity)
            .DefaultIfEmpty(double.PositiveInfinity)
            .Median();

    /// <summary>Median test error over seeds.</summary>
    public double Median(KickbackArm arm) => BySeed(arm).Values.Median();

    /// <summary>Whether more than half of an arm's seeds failed; see <see cref="Failures"/>.</summary>
    public bool HasFailed(KickbackArm arm) =>
        Failures(arm) is { Runs: > 0 } failures
            ? 2 * failures.Failed > failures.Runs
            : throw new MissingEvidenceException($"{arm.Label} was not run");

    /// <summary>The learning rate of the arm's runs, if all have the same; null if not.</summary>
    public double? Rate(KickbackArm arm) =>
        rows[arm.Key].Select(row => data.Number(row, "learningRate")).Distinct().ToArray() is [{ } rate] ? rate : null;

    /// <summary>
    /// Of the arm's runs, how many there are, how many diverged, and how many learned nothing to speak of, the diverged
    /// ones included.
    /// </summary>
    public (int Runs, int Diverged, int Failed) Failures(KickbackArm arm) =>
        (
            rows[arm.Key].Count(),
            rows[arm.Key].Count(row => data.Text(row, "status") == RunStatus.Diverged),
            rows[arm.Key].Count(row => !HasLearned(row))
        );

    /// <summary>Of a search, the rates at which every seed learned, ascending.</summary>
    public IReadOnlyList<double> RatesThatLearn(KickbackArm arm) =>
        [
            .. rows[arm.Key]
                .GroupBy(row => data.Number(row, "learningRate")!.Value)
                .Where(group => group.All(HasLearned))
                .Select(group => group.Key)
                .Order(),
        ];

    /// <summary>
    /// "0.041 [0.038, 0.045]", the geometric mean over the seeds that came to their end with its 95 % interval, and
    /// what became of the others.
    /// </summary>
    public string Summary(KickbackArm arm)
    {
        double[] finished = [.. Errors(arm).OfType<double>().Select(error => Math.Log(error))];
        (int runs, int diverged, int failed) = Failures(arm);
        if (runs == 0)
        {
            return Cells.NotRun;
        }

        string others =
            failed == 0
                ? ""
                : "; "
                    + $"{(diverged == failed ? "" : $"{failed} of {runs} failed{(diverged > 0 ? ", " : "")}")}{(diverged > 0 ? $"{diverged} of {runs} diverged" : "")}";
        if (finished.Length == 0)
        {
            return RunStatus.Diverged;
        }

        SeedInterval interval = SeedInterval.Of(finished);
        return Number(interval.Mean)
            + (
                interval.HasInterval
                    ? $" [{Number(interval.Mean - interval.HalfWidth)}, {Number(interval.Mean + interval.HalfWidth)}]"
                    : ""
            )
            + others;

        static string Number(double logarithm) =>
            Math.Exp(logarithm) is var value and < 100
                ? value.ToString("0.000", CultureInfo.InvariantCulture)
                : Math.Exp(logarithm).ToString("0.0e0", CultureInfo.InvariantCulture);
    }

    private bool HasLearned(string[] row) => data.Number(row, "validationNmse") < Learned;
}
