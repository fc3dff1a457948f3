using System.Globalization;
using Reproduction.Evaluation;

namespace Reproduction.Experiments.Kickback;

/// <summary>The errors of arms as a table of results: one row a run, diverged ones included.</summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
internal sealed class ErrorTable(ResultTable data)
{
    public const string Diverged = "diverged";
    private const string Finished = "finished";

    /// <summary>A run has learned if it explains at least half of the validation targets' variance; a network of dead units explains nothing.</summary>
    private const double Learned = 0.5;

    private readonly ILookup<string, string[]> rows = data.Rows.ToLookup(row => KickbackArm.KeyOf(data, row));

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

    /// <summary>Of the arm's runs, how many there are, how many diverged, and how many learned nothing to speak of, the diverged ones included.</summary>
    public (int Runs, int Diverged, int Failed) Failures(KickbackArm arm) =>
        (rows[arm.Key].Count(), rows[arm.Key].Count(row => data.Text(row, "status") == Diverged), rows[arm.Key].Count(row => !HasLearned(row)));

    /// <summary>Of a search, the rates at which every seed learned, ascending.</summary>
    public IReadOnlyList<double> RatesThatLearn(KickbackArm arm) =>
        [.. rows[arm.Key].GroupBy(row => data.Number(row, "learningRate")!.Value).Where(group => group.All(HasLearned)).Select(group => group.Key).Order()];

    /// <summary>"0.041 [0.038, 0.045]", the geometric mean over the seeds that came to their end with its 95 % interval, and what became of the others.</summary>
    public string Summary(KickbackArm arm)
    {
        double[] finished = [.. Errors(arm).OfType<double>().Select(error => Math.Log(error))];
        (int runs, int diverged, int failed) = Failures(arm);
        if (runs == 0)
        {
            return Experiments.Cells.NotRun;
        }

        string others = failed == 0 ? "" : $"; {(diverged == failed ? "" : $"{failed} of {runs} failed{(diverged > 0 ? ", " : "")}")}{(diverged > 0 ? $"{diverged} of {runs} diverged" : "")}";
        if (finished.Length == 0)
        {
            return Diverged;
        }

        SeedInterval interval = SeedInterval.Of(finished);
        return Number(interval.Mean) + (interval.HasInterval ? $" [{Number(interval.Mean - interval.HalfWidth)}, {Number(interval.Mean + interval.HalfWidth)}]" : "") + others;

        static string Number(double logarithm) => Math.Exp(logarithm) is var value and < 100 ? value.ToString("0.000", CultureInfo.InvariantCulture) : Math.Exp(logarithm).ToString("0.0e0", CultureInfo.InvariantCulture);
    }

    private bool HasLearned(string[] row) => data.Number(row, "validationNmse") < Learned;
}
