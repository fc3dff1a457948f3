using Reproduction.Evaluation.Execution;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Families;

/// <summary>
/// The runs of <see cref="RulesOnLayers"/>: every rule on hidden layers of one size, with the same number of trials of
/// its learning rate, the same passes and the same batches. The rest of the set-up is the rule's own.
/// </summary>
/// <param name="layers">The number of hidden layers.</param>
internal sealed class LearningRuns(int layers)
{
    /// <summary>The probe that decides.</summary>
    public const string Probe = "ridge";

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

    /// <summary>The rules that take part: the suite's own but the baselines, the gallery's, and plugins'.</summary>
    public static IEnumerable<RuleDescription> Rules(ExperimentPlan plan) =>
        plan
            .AllRules.Where(rule => rule.Attribute.Family != RandomProjectionFamily.Baseline)
            .Concat(plan.Rules.Gallery)
            .Distinct();

    /// <summary>
    /// The trials of a rule's learning rates, as long as final runs: the best rate of shorter ones may be too high. The
    /// quick profile spares the gallery's rules the search.
    /// </summary>
    public IEnumerable<PlannedRun<string>> Search(ExperimentPlan plan, RuleDescription rule) =>
        from rate in Rates(plan, rule) is { Length: > 1 } rates ? rates : []
        from seed in Seeds(plan)
        select new PlannedRun<string>(rule.Id, RunRole.Search, Trial(plan, rule, rate, seed));

    /// <summary>The runs of a rule at the rate that its search found.</summary>
    public IEnumerable<PlannedRun<string>> Final(ExperimentPlan plan, RuleDescription rule)
    {
        double best = Rates(plan, rule).MinBy(rate => Seeds(plan).Average(seed => Error(plan, rule, rate, seed)));
        RunSpec spec = Spec(plan, rule) with { LearningRate = best, ProbeLayers = ProbedLayers.All };
        RunRole role = plan.Plugged.Contains(rule) ? RunRole.Guest : RunRole.Final;
        return plan.Seeds.Select(seed => new PlannedRun<string>(rule.Id, role, spec with { Seed = seed }));
    }

    /// <summary>The network of a run before training.</summary>
    public static PlannedRun<string> Untrained(ExperimentPlan plan, PlannedRun<string> run) =>
        new(
            plan.Rules[run.Spec.Rule].Infers ? InferringArm(run.Spec) : UntrainedArm(run.Spec),
            RunRole.Baseline,
            RandomProjectionFamily.Untrained(plan.Rules, run.Spec)
        );

    /// <summary>The arm of the network before training of a rule that has inference of its own.</summary>
    public static string InferringArm(RunSpec spec) => $"untrained, inference of {spec.Rule}";

    /// <summary>The arm of a run's network before training, which rules with the same network share.</summary>
    public static string UntrainedArm(RunSpec spec)
    {
        string ten = spec.Targets == RunSpec.EachTarget ? ", ten networks" : "";
        return $"untrained, {spec.Activation}, {KebabCase.From(spec.Initialization)}{ten}";
    }

    private static double[] Rates(ExperimentPlan plan, RuleDescription rule)
    {
        double[] factors =
            plan.Profile == Profile.Paper ? Factors
            : plan.Rules.IsOfGallery(rule.Id) ? [1]
            : QuickFactors;
        return [.. factors.Select(factor => RateMultiples.Of(rule.Attribute.LearningRate, factor))];
    }

    private static IEnumerable<long> Seeds(ExperimentPlan plan) =>
        Enumerable
            .Range(0, plan.Profile == Profile.Paper ? SearchSeeds : 1)
            .Select(i => plan.Seeds[0] + SeedDistance + i);

    private RunSpec Trial(ExperimentPlan plan, RuleDescription rule, double rate, long seed) =>
        Spec(plan, rule) with
        {
            LearningRate = rate,
            Seed = seed,
        };

    /// <summary>
    /// The share of validation samples that the probe gets wrong; infinite if the trial diverged or its rule broke
    /// down.
    /// </summary>
    private double Error(ExperimentPlan plan, RuleDescription rule, double rate, long seed) =>
        plan.Searched.TryGetValue(Trial(plan, rule, rate, seed).RunId(), out RunRecord? trial)
        && TrialRow.Score(trial, Probe) is { } accuracy
            ? 1 - accuracy
            : double.PositiveInfinity;

    private RunSpec Spec(ExperimentPlan plan, RuleDescription rule)
    {
        RunSpec spec = rule.Spec(plan.DataSet, [], plan.Seeds[0], [Probe]);
        int units = spec.Targets == RunSpec.EachTarget ? (Units + Classes - 1) / Classes : Units;
        return spec with
        {
            Hidden = [.. Enumerable.Repeat(units, layers)],
            Epochs = plan.Profile == Profile.Paper ? 3 : 1,
            Limit = plan.Profile == Profile.Paper ? 0 : 6_000,
            Batch = Batch,
        };
    }
}
