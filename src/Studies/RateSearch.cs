using Reproduction.Evaluation.Records;

namespace Reproduction.Studies;

/// <summary>
/// The search for an arm's learning rate on validation data: every rate of a grid with the first seeds, the same for
/// every arm of a comparison.
/// </summary>
/// <param name="Rates">Ascending.</param>
/// <param name="Seeds">How many of the plan's seeds are searched with.</param>
public sealed record RateSearch(IReadOnlyList<double> Rates, int Seeds)
{
    /// <summary>The runs of one arm's search.</summary>
    /// <param name="arm">Whatever its learning rate and seed.</param>
    public IEnumerable<RunSpec> Specs(RunSpec arm, ExperimentPlan plan) =>
        from rate in Rates
        from seed in plan.First(Seeds)
        select arm with
        {
            LearningRate = rate,
            Seed = seed,
        };

    /// <summary>
    /// The rate with the smallest mean validation error over the seeds, of classes the share that is wrong; one at
    /// which a run diverged only if there is no other, and then the smallest; so too if its rule broke down.
    /// </summary>
    public double Best(RunSpec arm, ExperimentPlan plan) =>
        Rates.MinBy(rate =>
            plan.First(Seeds).Average(seed => ErrorOf(plan, arm with { LearningRate = rate, Seed = seed }))
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
