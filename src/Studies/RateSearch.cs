using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.Studies;

/// <summary>
/// The search for an arm's learning rate on validation data: every rate of a grid with the first seeds, the same for
/// every arm of a comparison.
/// </summary>
/// <param name="Rates">The learning rates, ascending.</param>
/// <param name="Seeds">The number of the plan's seeds that are searched with.</param>
/// <param name="Folds">The number of folds of a cross-validation: each is held out once, the k-th with the k-th seed,
/// and seeds repeat if there are fewer. 0 where the same samples are held out for every seed.</param>
public sealed record RateSearch(IReadOnlyList<double> Rates, int Seeds, int Folds = 0)
{
    /// <summary>The runs of one arm's search.</summary>
    /// <param name="spec">A run of the arm, whatever its learning rate and seed.</param>
    public IEnumerable<PlannedRun<TArm>> Runs<TArm>(TArm arm, RunSpec spec, ExperimentPlan plan) =>
        from rate in Rates
        from trial in Trials(spec, rate, plan)
        select new PlannedRun<TArm>(arm, RunRole.Search, trial);

    /// <summary>
    /// The rate with the smallest mean validation error over the seeds and folds; of classes, the error is the share
    /// of samples that is wrong. A rate at which a run diverged, or its rule broke down, is taken only if there is no
    /// other, and then the smallest.
    /// </summary>
    public double Best(RunSpec spec, ExperimentPlan plan) =>
        Rates.MinBy(rate => Trials(spec, rate, plan).Average(trial => ErrorOf(plan, trial)));

    /// <summary>
    /// A searched run's error on validation samples; infinite if it diverged, or was not made because its rule broke
    /// down.
    /// </summary>
    public static double ErrorOf(ExperimentPlan plan, RunSpec spec) =>
        plan.Searched.TryGetValue(spec.RunId(), out RunRecord? run)
            ? run.Measure(MeasureNames.ValidationError)
                ?? 1 - run.Measure(MeasureNames.ValidationAccuracy)
                ?? double.PositiveInfinity
            : double.PositiveInfinity;

    private IEnumerable<RunSpec> Trials(RunSpec spec, double rate, ExperimentPlan plan)
    {
        long[] seeds = [.. plan.First(Seeds)];
        RunSpec Trial(long seed, string fold) => spec with { LearningRate = rate, Seed = seed, Fold = fold };
        return Folds == 0
            ? seeds.Select(seed => Trial(seed, spec.Fold))
            : Enumerable.Range(0, Folds).Select(k => Trial(seeds[k % seeds.Length], $"{new Fold(k + 1, Folds)}"));
    }
}
