using Reproduction.Evaluation.Execution;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Families;

/// <summary>
/// The runs of <see cref="IsItLearning"/>: every rule on two hidden layers of one size, with the same number of trials
/// of its learning rate, the same passes and the same batches. The rest of the set-up is the rule's own.
/// </summary>
internal static class LearningRuns
{
    /// <summary>The probe that decides.</summary>
    public const string Probe = "ridge";

    /// <summary>The number of hidden layers.</summary>
    public const int Layers = 2;

    /// <summary>
    /// Features that the probe reads from a layer, about: a rule that trains a network for each of ten classes has a
    /// tenth of them in each.
    /// </summary>
    public const int Units = 256;

    /// <summary>What the rule's own learning rate is multiplied by in the search, paper profile.</summary>
    public static readonly double[] Factors = [0.1, 0.3, 1, 3, 10];

    /// <summary>The number of seeds that every rate is tried with; no final run has them.</summary>
    public const int SearchSeeds = 2;

    private const int Classes = 10;
    private const int Batch = 128;

    // What the seeds of the search lie away from those of final runs.
    private const long SeedDistance = 1_000_000;

    private static readonly double[] QuickFactors = [0.3, 1, 3];

    /// <summary>The rules that take part: all but the baselines.</summary>
    public static IEnumerable<RuleDescription> Rules(ExperimentPlan plan) =>
        plan.AllRules.Where(rule => rule.Attribute.Family != RandomProjectionFamily.Baseline);

    /// <summary>
    /// The trials of a rule's learning rates, as long as final runs: the best rate of shorter ones may be too high.
    /// </summary>
    public static IEnumerable<PlannedRun<string>> Search(ExperimentPlan plan, RuleDescription rule) =>
        from rate in Rates(plan, rule)
        from seed in Seeds(plan)
        select new PlannedRun<string>(rule.Id, RunRole.Search, Trial(plan, rule, rate, seed));

    /// <summary>The runs of a rule at the rate that its search found.</summary>
    public static IEnumerable<PlannedRun<string>> Final(ExperimentPlan plan, RuleDescription rule)
    {
        double best = Rates(plan, rule).MinBy(rate => Seeds(plan).Average(seed => Error(plan, rule, rate, seed)));
        RunSpec spec = Spec(plan, rule) with { LearningRate = best, ProbeLayers = ProbedLayers.All };
        RunRole role = plan.Plugged.Contains(rule) ? RunRole.Guest : RunRole.Final;
        return plan.Seeds.Select(seed => new PlannedRun<string>(rule.Id, role, spec with { Seed = seed }));
    }

    /// <summary>The network of a run before training.</summary>
    public static PlannedRun<string> Untrained(ExperimentPlan plan, PlannedRun<string> run) =>
        new(UntrainedArm(run.Spec), RunRole.Baseline, RandomProjectionFamily.Untrained(plan.Rules, run.Spec));

    /// <summary>The arm of a run's network before training, which rules with the same network share.</summary>
    public static string UntrainedArm(RunSpec spec)
    {
        string ten = spec.Targets == RunSpec.EachTarget ? ", ten networks" : "";
        return $"untrained, {spec.Activation}, {KebabCase.From(spec.Initialization)}{ten}";
    }

    private static IEnumerable<double> Rates(ExperimentPlan plan, RuleDescription rule) =>
        (plan.Profile == Profile.Paper ? Factors : QuickFactors).Select(factor =>
            RateMultiples.Of(rule.Attribute.LearningRate, factor)
        );

    private static IEnumerable<long> Seeds(ExperimentPlan plan) =>
        Enumerable
            .Range(0, plan.Profile == Profile.Paper ? SearchSeeds : 1)
            .Select(i => plan.Seeds[0] + SeedDistance + i);

    private static RunSpec Trial(ExperimentPlan plan, RuleDescription rule, double rate, long seed) =>
        Spec(plan, rule) with
        {
            LearningRate = rate,
            Seed = seed,
        };

    /// <summary>
    /// The share of validation samples that the probe gets wrong; infinite if the trial diverged or its rule broke
    /// down.
    /// </summary>
    private static double Error(ExperimentPlan plan, RuleDescription rule, double rate, long seed) =>
        plan.Searched.TryGetValue(Trial(plan, rule, rate, seed).RunId(), out RunRecord? trial)
        && TrialRow.Score(trial, Probe) is { } accuracy
            ? 1 - accuracy
            : double.PositiveInfinity;

    private static RunSpec Spec(ExperimentPlan plan, RuleDescription rule)
    {
        RunSpec spec = rule.Spec(plan.DataSet, [], plan.Seeds[0], [Probe]);
        int units = spec.Targets == RunSpec.EachTarget ? (Units + Classes - 1) / Classes : Units;
        return spec with
        {
            Hidden = [.. Enumerable.Repeat(units, Layers)],
            Epochs = plan.Profile == Profile.Paper ? 3 : 1,
            Limit = plan.Profile == Profile.Paper ? 0 : 6_000,
            Batch = Batch,
        };
    }
}
