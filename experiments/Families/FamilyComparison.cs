using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Network;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Families;

/// <summary>
/// All rules on one network and one data set: their own accuracy, and their hidden layers under a probe against random
/// projections. A rule that no arm names, a plugin's among them, is an arm of its own.
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

    private const string Yardstick = "backprop";
    private const string TargetPropagation = "target-propagation";
    private const string SearchName = "families-search";
    private const string Probe = "ridge";
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

    /// <inheritdoc/>
    public override string Paper => "target-propagation";

    /// <inheritdoc/>
    public override string PaperTitle => "A Backpropagation Alternative";

    /// <inheritdoc/>
    public override string Name => "families";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Question =>
        "What does a hidden layer learn by each family of rules, on one network and data set?";

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
        ArmRuns<ProbedRow> data = ProbedRow.ByArm(results.Table<ProbedRow>(Name));
        IReadOnlyList<GateRow> decisions = results.Table<GateRow>(DecisionsName);
        IEnumerable<string> arms = data.Arms.Where(arm => data.First(arm)!.Rule != RandomProjectionFamily.Random);
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
            "Verdict: sign-flip test over seeds, Holm over the table (over plugins' rules apart), level 5 %; in "
                + "brackets the 95 % bootstrap interval over seeds and test samples, which is of one difference "
                + "alone and may disagree with the verdict where a difference is small.",
        ];
        Table table = new(
            "All families on one network",
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
        string caption =
            $"Ridge probe on the hidden layer of {Units} units, less that on the very network untrained: mean over "
            + $"{Cells.Seeds(data.Seeds)} with its 95 % bootstrap interval over seeds and test samples. Green beats, "
            + "black ties or is undecided, orange loses: sign-flip test over seeds, Holm over all rows (over "
            + "plugins' rules apart), level 5 %.";
        Figure figure = new(
            "All families on one network: what a hidden layer learned",
            results.Provenance.DataSet,
            caption,
            1,
            [RandomProjectionFamily.Panel("ridge probe", decisions, limit: 10)]
        );
        return [new TableArtefact(Name, table), new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Findings(ResultFolder results)
    {
        IReadOnlyList<GateRow> decisions = results.Table<GateRow>(DecisionsName);
        if (decisions.All(row => row.Rule == Yardstick))
        {
            yield break;
        }

        GateRow[] others = [.. decisions.Where(row => row.Rule != Yardstick)];
        GateRow? yardstick = decisions.FirstOrDefault(row => row.Rule == Yardstick);
        GateRow most = others.MaxBy(row => row.Difference)!,
            least = others.MinBy(row => row.Difference)!;
        string beside = yardstick is null ? "" : $" Backpropagation gains {yardstick.DifferenceText}.";
        yield return $"Of the rules without backpropagation, {RandomProjectionFamily.InWords(others)} (ridge probe on "
            + $"{Units} hidden units): from {most.DifferenceText} points with {most.Rule} down to "
            + $"{least.DifferenceText} "
            + $"with {least.Rule}.{beside}";
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<FamilyArm>> runs)
    {
        // Rules of plugins are a family of their own: they must not make the suite's own verdicts harder to reach.
        IReadOnlyList<GateRow> own = RandomProjectionFamily.Decide(Contests(runs, RunRole.Final), Probe),
            guests = RandomProjectionFamily.Decide(Contests(runs, RunRole.Guest), Probe);
        ResultTable<ProbedRow> Accuracies(string name, IEnumerable<MeasuredRun<FamilyArm>> some) =>
            new(name, [.. some.Select(run => ProbedRow.Of(run.Arm.Label, run.Record, Probe))]);
        return
        [
            Accuracies(Name, runs.Where(run => run.Role != RunRole.Search)),
            Accuracies(SearchName, runs.Where(run => run.Role == RunRole.Search)),
            new ResultTable<GateRow>(DecisionsName, [.. own, .. guests]),
        ];
    }

    /// <summary>Each run of a role with the same network untrained.</summary>
    private static IEnumerable<Contest> Contests(IReadOnlyList<MeasuredRun<FamilyArm>> runs, RunRole role)
    {
        Dictionary<(FamilyArm Arm, long Seed), MeasuredRun<FamilyArm>> untrained = runs.Where(run =>
                run.Role == RunRole.Baseline
            )
            .ToDictionary(run => (run.Arm, run.Seed));
        return from run in runs
            where run.Role == role
            let key = (UntrainedArm(run.Spec), run.Seed)
            where untrained.ContainsKey(key)
            select new Contest(run.Arm.Label, Units, run.Record, untrained[key].Record);
    }

    private static IReadOnlyList<string> Row(ArmRuns<ProbedRow> data, IReadOnlyList<GateRow> decisions, string arm)
    {
        RunRow first = data.First(arm)!;
        GateRow? decision = decisions.FirstOrDefault(row => row.Rule == arm);
        bool hasOwn = data.HasDiverged(arm) || data.Of(arm).Any(row => row.TestAccuracy is not null);
        return
        [
            arm,
            first.Activation,
            string.Create(CultureInfo.InvariantCulture, $"{first.Epochs} × {first.Batch}"),
            RunJson.Number(first.LearningRate),
            hasOwn ? Cells.Mean(data.Percent(arm, row => row.TestAccuracy), 2) : Cells.NotRun,
            Cells.Mean(data.Percent(arm, row => row.ProbeAccuracy), 2),
            decision is null ? Cells.NotRun : Cells.Number(100 * decision.RandomAccuracy, 2),
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
        return new PlannedRun<FamilyArm>(UntrainedArm(run.Spec), RunRole.Baseline, spec);
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
