using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Statistics;

namespace Reproduction.Experiments.Kickback;

/// <summary>The errors of arms as a table of results: one row per run, diverged ones included.</summary>
internal sealed class ErrorTable(IReadOnlyList<ErrorRow> rows)
{
    private readonly ILookup<KickbackArm, ErrorRow> byArm = rows.ToLookup(row => row.Arm);

    /// <summary>The name of the table of the searches for an experiment's learning rates.</summary>
    public static string SearchName(string experiment) => experiment + "-search";

    /// <summary>Makes two tables: of the final runs, and of the searches for their learning rates.</summary>
    public static IReadOnlyList<IResultTable> Pair(string name, IReadOnlyList<MeasuredRun<KickbackArm>> runs) =>
        [
            Assemble(name, runs.Where(run => run.Role == RunRole.Final)),
            Assemble(SearchName(name), runs.Where(run => run.Role == RunRole.Search)),
        ];

    /// <summary>
    /// Normalised test errors, one per seed in ascending order; null where a run diverged. Empty if the arm was not
    /// run.
    /// </summary>
    public IReadOnlyList<double?> Errors(KickbackArm arm) =>
        [.. byArm[arm].OrderBy(row => row.Seed).Select(row => row.TestNmse)];

    /// <summary>Normalised test errors by seed; a diverged run counts as infinitely wrong.</summary>
    public IReadOnlyDictionary<long, double> BySeed(KickbackArm arm) =>
        byArm[arm].ToDictionary(row => row.Seed, row => row.TestNmse ?? double.PositiveInfinity);

    /// <summary>The same, where a run that learned nothing to speak of counts as infinitely wrong too.</summary>
    public IReadOnlyDictionary<long, double> OfThoseThatLearned(KickbackArm arm) =>
        byArm[arm]
            .ToDictionary(
                row => row.Seed,
                row => row.HasLearned ? row.TestNmse ?? double.PositiveInfinity : double.PositiveInfinity
            );

    /// <summary>
    /// Median validation error over seeds, by which arms are chosen; a diverged run's is infinite, and so is that of an
    /// arm that was not run.
    /// </summary>
    public double Validation(KickbackArm arm) =>
        byArm[arm]
            .Select(row => row.ValidationNmse ?? double.PositiveInfinity)
            .DefaultIfEmpty(double.PositiveInfinity)
            .Median();

    /// <summary>Median test error over seeds.</summary>
    public double Median(KickbackArm arm) => BySeed(arm).Values.Median();

    /// <summary>The learning rate of the arm's runs if all have the same, else null.</summary>
    public double? Rate(KickbackArm arm) =>
        byArm[arm].Select(row => row.LearningRate).Distinct().ToArray() is [var rate] ? rate : null;

    /// <summary>
    /// How many runs the arm has, how many of them diverged, and how many learned nothing to speak of, the diverged
    /// ones included.
    /// </summary>
    public (int Runs, int Diverged, int Failed) Failures(KickbackArm arm) =>
        (
            byArm[arm].Count(),
            byArm[arm].Count(row => row.Status == RunStatus.Diverged),
            byArm[arm].Count(row => !row.HasLearned)
        );

    /// <summary>The rates of a search at which every run learned, ascending.</summary>
    public IReadOnlyList<double> RatesThatLearn(KickbackArm arm) =>
        [
            .. byArm[arm]
                .GroupBy(row => row.LearningRate)
                .Where(group => group.All(row => row.HasLearned))
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
        if (!byArm[arm].Any())
        {
            return Cells.NotRun;
        }

        if (finished.Length == 0)
        {
            return RunStatus.Diverged;
        }

        SeedInterval interval = SeedInterval.Of(finished);
        double low = interval.Mean - interval.HalfWidth,
            high = interval.Mean + interval.HalfWidth;
        string range = interval.HasInterval ? $" [{Exponential(low)}, {Exponential(high)}]" : "";
        return Exponential(interval.Mean) + range + OthersOf(arm);
    }

    /// <summary>
    /// "0.01 (0.001 to 0.1)": the arm's learning rate, and the rates of its search at which every run learned.
    /// </summary>
    public string RateSummary(KickbackArm arm, ErrorTable search) =>
        Rate(arm) is { } rate ? $"{Text(rate)} ({Between(search.RatesThatLearn(arm))})" : Cells.NotRun;

    private static string Between(IReadOnlyList<double> rates) =>
        rates.Count == 0 ? "none"
        : rates.Count == 1 ? Text(rates[0])
        : $"{Text(rates[0])} to {Text(rates[^1])}";

    private static string Text(double rate) =>
        rate.ToString(rate >= 1e-4 ? "0.####" : "0e0", CultureInfo.InvariantCulture);

    private string OthersOf(KickbackArm arm)
    {
        (int runs, int diverged, int failed) = Failures(arm);
        if (failed == 0)
        {
            return "";
        }

        string ofFailed = $"{failed} of {runs} failed",
            ofDiverged = $"{diverged} of {runs} diverged";
        return diverged == failed ? $"; {ofDiverged}"
            : diverged > 0 ? $"; {ofFailed}, {ofDiverged}"
            : $"; {ofFailed}";
    }

    private static string Exponential(double logarithm)
    {
        double value = Math.Exp(logarithm);
        return value.ToString(value < 100 ? "0.000" : "0.0e0", CultureInfo.InvariantCulture);
    }

    private static ResultTable<ErrorRow> Assemble(string name, IEnumerable<MeasuredRun<KickbackArm>> runs)
    {
        IEnumerable<ErrorRow> rows = runs.Select(run => new ErrorRow(
            run.Arm,
            run.Spec.LearningRate,
            run.Seed,
            run.RunId,
            RunStatus.Of(run.Record),
            run.Record.Steps,
            run.Measure(MeasureNames.TestError),
            run.Measure(MeasureNames.ValidationError)
        ));
        return new ResultTable<ErrorRow>(name, [.. rows]);
    }
}
