using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Network;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Families;

/// <summary>
/// All rules on one hidden layer, each in a set-up that suits it: their own accuracy, and their hidden layers under a
/// probe against random projections. Budgets and baselines differ from rule to rule; <see cref="IsItLearning"/> is the
/// comparison on equal terms. A rule that no arm names, a plugin's among them, is an arm of its own.
/// </summary>
internal sealed class FamilyComparison : Experiment<FamilyArm>
{
    /// <summary>The table of verdicts.</summary>
    public const string DecisionsName = "families-decisions";

    /// <summary>Target propagation as the search found it.</summary>
    public const string Found = "target propagation";

    /// <summary>Target propagation with targets passed by the inverse, as the text has it.</summary>
    public const string ByInverse = "target propagation, inverse";

    /// <summary>Target propagation by the inverse, with leaky ReLUs of slope 0.5, which are nearer to linear.</summary>
    public const string ByInverseFlatter = "target propagation, inverse, slope 0.5";

    /// <summary>The probe that decides.</summary>
    public const string Probe = "ridge";

    private const string Yardstick = "backprop";
    private const string TargetPropagation = "target-propagation";
    private const string SearchName = "families-search";
    private const int Units = 256;

    // Final runs are measured at every hundredth step.
    private const int Interval = 100;

    private static readonly (string Name, string Value) Inverse = ("activation-pass", "inverse");

    private static readonly FamilyArm[] Named =
    [
        new(Found, TargetPropagation, IsTuned: true),
        new(ByInverse, TargetPropagation, IsTuned: true, Inverse),
        new(ByInverseFlatter, TargetPropagation, IsTuned: true, Inverse, "leaky-relu:0.5"),
        new("target propagation, as-written estimator", TargetPropagation, IsTuned: true, ("estimator", "as-written")),
        new("difference target propagation", "difference-target-propagation", IsTuned: true),
        new(Yardstick, Yardstick, IsTuned: true),
        new("kickback", "kickback", IsTuned: true),
        new("competitive", "competitive", IsTuned: false),
        new("softhebb", "softhebb", IsTuned: false),
        new("hebbnet", "hebbnet", IsTuned: false),
    ];

    /// <summary>Whether an arm is a network before training.</summary>
    public static bool IsUntrained(FamilyArm arm) => arm.Rule == RandomProjectionFamily.Random;

    /// <inheritdoc/>
    public override string Paper => "target-propagation";

    /// <inheritdoc/>
    public override string PaperTitle => "A Backpropagation Alternative";

    /// <inheritdoc/>
    public override string Name => "families";

    /// <inheritdoc/>
    public override string Question =>
        "What does one hidden layer learn by each family of rules, each in a set-up that suits it?";

    /// <summary>Images of grey levels.</summary>
    public override string? DataSetFor(string chosen) =>
        chosen == CifarDataSet.Cifar10.Id ? null : base.DataSetFor(chosen);

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<FamilyArm>> Search(ExperimentPlan plan) =>
        Arms(plan).Where(arm => arm.IsTuned).SelectMany(arm => Rates(plan).Runs(arm, Searched(plan, arm), plan));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<FamilyArm>> Runs(ExperimentPlan plan)
    {
        PlannedRun<FamilyArm>[] learned = [.. Arms(plan).SelectMany(arm => Final(plan, arm))];
        IEnumerable<PlannedRun<FamilyArm>> untrained = learned.Select(run => Untrained(plan, run));
        return [.. learned, .. untrained.DistinctBy(run => run.Spec.RunId())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRuns<LearningRow> data = new(results.Table<LearningRow>(Name), row => row.Run);
        IReadOnlyList<DecisionRow> decisions = results.Table<DecisionRow>(DecisionsName);
        IEnumerable<string> arms = data.Arms.Where(arm => !FamilyArm.IsUntrained(arm));
        string[] notes =
        [
            $"One hidden layer of {Units} units; kickback trains ten networks of one output each, whose hidden "
                + $"layers are probed side by side, against ten untrained ones. Mean over {Cells.Seeds(data.Seeds)} "
                + "with its 95 % interval.",
            "Rules that see targets under AdamW with learning rates from one grid on validation samples, the same "
                + "passes and batches for all; unsupervised rules as published, with no accuracy of their own. "
                + "Every rule with its own activation and initial weights, held against the very network before "
                + "training.",
            "Inverse and as-written estimator: the found set-up but for that and the rate. Difference target "
                + "propagation with one hidden layer points as backprop does.",
            "This compares set-ups more than rules: passes, searches and the untrained networks differ from rule to "
                + "rule, and with one hidden layer Kickback is backpropagation. is-it-learning is on equal terms.",
            Cells.Edges(data.Arms.SelectMany(data.Of).Select(row => row.PenaltyAtEdge)),
            .. decisions.Count > 0
                ? [$"{Decisions.TermsInWords(decisions)} Plugins' rules are a question of their own."]
                : Array.Empty<string>(),
        ];
        Table table = new(
            "One hidden layer, each family in a set-up that suits it",
            results.Provenance.DataSet,
            [
                "rule",
                "activation",
                "passes × batch",
                "learning rate",
                "its own test accuracy in %",
                "ridge probe on its hidden layer in %",
                "the same network untrained in %",
                "learned − untrained in points",
            ],
            [.. arms.Select(arm => Row(data, decisions, arm))],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<FamilyArm>> runs)
    {
        // Rules of plugins are a question of their own: they must not make the suite's own verdicts harder to reach.
        IReadOnlyList<DecisionRow> Decided(RunRole role) => Decisions.Decide([.. Contests(runs, role)], Probe);

        MeasuredRun<FamilyArm>[] final = [.. runs.Where(run => run.Role != RunRole.Search)];
        Dictionary<(FamilyArm Arm, long Seed), MeasuredRun<FamilyArm>> untrained = Untrained(runs);
        return
        [
            new ResultTable<LearningRow>(
                Name,
                [.. final.SelectMany(run => LearningRow.Of(run.Arm.Label, run, PartnerOf(run, untrained)?.RunId))]
            ),
            new ResultTable<ProbedRow>(
                SearchName,
                [
                    .. from run in runs
                    where run.Role == RunRole.Search
                    select ProbedRow.Of(run.Arm.Label, run.Record, Probe),
                ]
            ),
            new ResultTable<DecisionRow>(DecisionsName, [.. Decided(RunRole.Final), .. Decided(RunRole.Guest)]),
            new ResultTable<CorrectRow>(
                CorrectRow.NameOf(Name),
                CorrectRow.Of(final.Select(run => run.Record), [Probe])
            ),
        ];
    }

    /// <summary>Each run of a role with the same network untrained.</summary>
    private static IEnumerable<Contest> Contests(IReadOnlyList<MeasuredRun<FamilyArm>> runs, RunRole role)
    {
        Dictionary<(FamilyArm Arm, long Seed), MeasuredRun<FamilyArm>> untrained = Untrained(runs);
        return from run in runs
            where run.Role == role
            let partner = PartnerOf(run, untrained)
            where partner is not null
            select new Contest(run.Arm.Label, Units, run.Record, partner.Record);
    }

    /// <summary>
    /// Finds the untrained network that a run is held against: that of its rule's own inference, else the one that arms
    /// of one activation share. Null for an untrained network.
    /// </summary>
    private static MeasuredRun<FamilyArm>? PartnerOf(
        MeasuredRun<FamilyArm> run,
        Dictionary<(FamilyArm Arm, long Seed), MeasuredRun<FamilyArm>> untrained
    ) =>
        run.Role == RunRole.Baseline
            ? null
            : untrained.GetValueOrDefault((FamilyArm.Inferring(run.Spec.Rule), run.Seed))
                ?? untrained.GetValueOrDefault((UntrainedArm(run.Spec), run.Seed));

    private static Dictionary<(FamilyArm Arm, long Seed), MeasuredRun<FamilyArm>> Untrained(
        IReadOnlyList<MeasuredRun<FamilyArm>> runs
    ) => runs.Where(run => run.Role == RunRole.Baseline).ToDictionary(run => (run.Arm, run.Seed));

    private static IReadOnlyList<string> Row(
        ArmRuns<LearningRow> data,
        IReadOnlyList<DecisionRow> decisions,
        string arm
    )
    {
        RunRow first = data.First(arm)!;
        DecisionRow? decision = decisions.FirstOrDefault(row => row.Arm == arm);
        bool hasOwn = data.HasDiverged(arm) || data.Of(arm).Any(row => row.TestAccuracy is not null);
        return
        [
            arm,
            first.Activation,
            string.Create(CultureInfo.InvariantCulture, $"{first.Epochs} × {first.Batch}"),
            RunJson.Number(first.LearningRate),
            hasOwn ? Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 2) : Cells.NotRun,
            Cells.Mean(data.Percent(arm, row => row.ProbeAccuracy), 2),
            decision?.RandomAccuracy is { } untrained ? Cells.Number(100 * untrained, 2) : Cells.NotRun,
            decision?.Text ?? RunStatus.Diverged,
        ];
    }

    /// <summary>
    /// The named arms, then all other rules at hand; those are tuned too if they see targets or errors.
    /// </summary>
    private static IEnumerable<FamilyArm> Arms(ExperimentPlan plan)
    {
        IEnumerable<RuleDescription> others = plan.AllRules.Where(rule =>
            rule.Attribute.Family != RandomProjectionFamily.Baseline && Named.All(arm => arm.Rule != rule.Id)
        );
        return
        [
            .. Named,
            .. others.Select(rule => new FamilyArm(rule.Id, rule.Id, rule.Supervision != Supervision.None)),
        ];
    }

    private static IEnumerable<PlannedRun<FamilyArm>> Final(ExperimentPlan plan, FamilyArm arm)
    {
        RunSpec spec = Spec(plan, arm) with
        {
            Probes = [Probe],
            Limit = plan.Profile == Profile.Paper ? 0 : 6_000,
            Diagnostics = Interval,
        };
        RunSpec tuned = arm.IsTuned ? spec with { LearningRate = Rates(plan).Best(Searched(plan, arm), plan) } : spec;
        RunRole role = plan.Plugged.Any(rule => rule.Id == arm.Rule) ? RunRole.Guest : RunRole.Final;
        return plan.Seeds.Select(seed => new PlannedRun<FamilyArm>(arm, role, tuned with { Seed = seed }));
    }

    private static PlannedRun<FamilyArm> Untrained(ExperimentPlan plan, PlannedRun<FamilyArm> run)
    {
        RunSpec spec = RandomProjectionFamily.Untrained(plan.Rules, run.Spec) with { Diagnostics = Interval };
        FamilyArm arm = plan.Rules[run.Spec.Rule].Infers ? FamilyArm.Inferring(run.Spec.Rule) : UntrainedArm(run.Spec);
        return new PlannedRun<FamilyArm>(arm, RunRole.Baseline, spec);
    }

    /// <summary>The arm of a run's network before training.</summary>
    private static FamilyArm UntrainedArm(RunSpec spec) =>
        FamilyArm.Untrained(
            spec.Activation,
            KebabCase.From(spec.Initialization),
            areTen: spec.Targets == RunSpec.EachTarget
        );

    private static RateSearch Rates(ExperimentPlan plan) =>
        new(plan.Profile == Profile.Paper ? [3e-4, 1e-3, 3e-3, 1e-2, 3e-2] : [1e-3, 3e-3], 1);

    private static RunSpec Searched(ExperimentPlan plan, FamilyArm arm) =>
        Spec(plan, arm) with
        {
            Limit = plan.Profile == Profile.Paper ? 12_000 : 3_000,
        };

    private static RunSpec Spec(ExperimentPlan plan, FamilyArm arm)
    {
        Dictionary<string, string> options = arm.Option is var (name, value) ? new() { [name] = value } : [];
        RunSpec spec = plan.Rules[arm.Rule].Spec(plan.DataSet, [Units], plan.Seeds[0], [], options);
        return arm.IsTuned
            ? spec with
            {
                Epochs = plan.Profile == Profile.Paper ? 3 : 1,
                Batch = 256,
                Optimizer = OptimizerKind.Adamw,
                Activation = arm.Activation ?? spec.Activation,
            }
            : spec;
    }
}
