using Reproduction.Evaluation.Records;

namespace Reproduction.Studies;

/// <summary>
/// The search for an arm's learning rate on validation data: every rate of a grid with the first seeds, the same for
/// every arm of a comparison.
/// </summary>
/// <param name="Rates">The learning rates, ascending.</param>
/// <param name="Seeds">The number of the plan's seeds that are searched with.</param>
public sealed record RateSearch(IReadOnlyList<double> Rates, int Seeds)
{
    /// <summary>The runs of one arm's search.</summary>
    /// <param name="spec">A run of the arm, whatever its learning rate and seed.</param>
    public IEnumerable<PlannedRun<TArm>> Runs<TArm>(TArm arm, RunSpec spec, ExperimentPlan plan) =>
        from rate in Rates
        from seed in plan.First(Seeds)
        select new PlannedRun<TArm>(arm, RunRole.Search, spec with { LearningRate = rate, Seed = seed });

    /// <summary>
    /// The rate with the smallest mean validation error over the seeds; of classes, the error is the share of samples
    /// that is wrong. A rate at which a run diverged, or its rule broke down, is taken only if there is no other, and
    /// then the smallest.
    /// </summary>
    public double Best(RunSpec spec, ExperimentPlan plan) =>
        Rates.MinBy(rate =>
            plan.First(Seeds).Average(seed => ErrorOf(plan, spec with { LearningRate = rate, Seed = seed }))
        );

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
}
