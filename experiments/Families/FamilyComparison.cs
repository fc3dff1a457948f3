using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Experiments.TargetPropagation;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Families;

/// <summary>
/// All rules on one network and one data set: their own accuracy, and their hidden layers under a probe against random
/// projections. The comparison of the whole suite: a rule that no arm
/// names, a plugin's among them, is an arm of its own.
/// </summary>
public sealed class FamilyComparison : TargetPropagationExperiment
{
    /// <summary>The table of verdicts.</summary>
    public const string DecisionsName = "families-decisions";

    /// <summary>Target propagation as the search found it.</summary>
    public const string Found = "target propagation";

    /// <summary>The same with targets passed by the inverse, as the text has it.</summary>
    public const string ByInverse = "target propagation, inverse";

    /// <summary>The same with a leaky ReLU of slope 0.5, nearer to linear.</summary>
    public const string ByInverseFlatter = "target propagation, inverse, slope 0.5";

    private const string Flatter = "leaky-relu:0.5";
    private const string AsWritten = "target propagation, as-written estimator";
    private const string SearchName = "families-search";
    private const string Probe = "ridge";

    private static readonly HashSet<string> OwnRules = [.. RuleCatalog.BuiltIn().Rules.Select(rule => rule.Id)];

    private static readonly (string Label, string Rule, bool IsTuned)[] Named =
    [
        (Found, TargetPropagationProtocol.Rule, true),
        (ByInverse, TargetPropagationProtocol.Rule, true),
        (ByInverseFlatter, TargetPropagationProtocol.Rule, true),
        (AsWritten, TargetPropagationProtocol.Rule, true),
        ("difference target propagation", TargetPropagationProtocol.Difference, true),
        ("backprop", TargetPropagationProtocol.Backprop, true),
        ("kickback", "kickback", true),
        ("competitive", "competitive", false),
        ("softhebb", "softhebb", false),
        ("hebbnet", "hebbnet", false),
    ];

    /// <inheritdoc/>
    public override string Name => "families";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary =>
        "all families on the same network and data: test accuracy, and their hidden layers against random projections";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Arms(plan).Where(arm => arm.IsTuned).SelectMany(arm => Rates(plan).Specs(Searched(plan, arm), plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan)
    {
        List<RunSpec> specs = [];
        foreach ((string Label, string Rule, bool IsTuned) arm in Arms(plan))
        {
            RunSpec Probed(RunSpec spec) => spec with { Probes = [Probe], Limit = Samples(plan) };
            specs.AddRange(
                arm.IsTuned
                    ? TargetPropagationProtocol.Tuned(plan, Rates(plan), Searched(plan, arm), plan.Seeds.Count, Probed)
                    : plan.Seeds.Select(seed =>
                        TargetPropagationProtocol.Tuned(Probed(Spec(plan, arm))) with
                        {
                            Seed = seed,
                        }
                    )
            );
        }

        // Of every network the same untrained.
        IEnumerable<RunSpec> untrained = specs.Select(spec =>
            RandomProjectionFamily.Untrained(plan.Rules, spec) with
            {
                Diagnostics = spec.Diagnostics,
            }
        );
        return [.. specs, .. untrained.DistinctBy(spec => spec.RunId())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        RunRecord[] probed = [.. records.Where(TargetPropagationProtocol.IsTuned)];
        ResultTable decisions = new(DecisionsName, RandomProjectionFamily.Columns);

        // Rules of plugins are a family of their own: they must not make the suite's own verdicts harder to reach.
        foreach (bool isGuest in new[] { false, true })
        {
            IReadOnlyList<(string Rule, int Width, ComparisonResult Result)> family = RandomProjectionFamily.Decide(
                [
                    .. probed.Where(record =>
                        record.Spec.Rule == RandomProjectionFamily.Random
                        || OwnRules.Contains(record.Spec.Rule) != isGuest
                    ),
                ],
                Probe,
                record => LabelOf(record.Spec)
            );
            foreach ((string rule, int width, ComparisonResult result) in family)
            {
                decisions.Add(RandomProjectionFamily.Row(rule, width, Probe, result, family.Count));
            }
        }

        return
        [
            .. TargetPropagationProtocol.Accuracies(
                Name,
                SearchName,
                records,
                LabelOf,
                ("probeAccuracy", MeasureNames.Probe(Probe, "testAccuracy"))
            ),
            decisions,
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name));
        ResultTable decisions = results.Table(DecisionsName);
        string[] arms = [.. data.Arms.Where(arm => data.Text(arm, "rule") != RandomProjectionFamily.Random)];
        IReadOnlyList<string> Row(string arm)
        {
            string[]? decision = decisions.Rows.FirstOrDefault(row => decisions.Text(row, "rule") == arm);
            return
            [
                arm,
                data.Text(arm, "activation"),
                $"{data.Text(arm, "epochs")} × {data.Text(arm, "batch")}",
                data.Text(arm, "learningRate"),
                data.Values(arm, "testAccuracy").All(value => value is null) && !data.HasDiverged(arm)
                    ? Cells.NotRun
                    : Cells.Mean(data.Percent(arm, "testAccuracy"), 2),
                Cells.Mean(data.Percent(arm, "probeAccuracy"), 2),
                decision is null
                    ? Cells.NotRun
                    : Cells.Number(100 * decisions.Number(decision, "randomAccuracy")!.Value, 2),
                decision is null ? "diverged" : RandomProjectionFamily.Text(decisions, decision),
            ];
        }

        return
        [
            new TableArtefact(
                Name,
                new Table(
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
                    [.. arms.Select(Row)],
                    [
                        $"One hidden layer of {TargetPropagationProtocol.Units} units; kickback trains "
                            + "ten networks of one output each, whose hidden layers are probed side by side, "
                            + $"against ten untrained ones. Mean over {data.Seeds} seed(s) with its 95 % "
                            + "interval.",
                        "Rules that see targets under AdamW with learning rates from one grid on "
                            + "validation samples, the same passes and batches for all; unsupervised rules as "
                            + "published, with no accuracy of their own. Every rule with its own activation "
                            + "and initial weights, held against the very network before training.",
                        "Inverse and as-written estimator: the found set-up but for that and the rate. "
                            + "Difference target propagation with one hidden layer points as backprop does.",
                        "Verdict: sign-flip test over seeds, Holm over the table (over plugins' rules "
                            + "apart), level 5 %; in brackets the 95 % bootstrap interval over seeds and test "
                            + "samples, which is of one difference alone and may disagree with the verdict "
                            + "where a difference is small.",
                    ]
                )
            ),
            new FigureArtefact(
                Name,
                new Figure(
                    "All families on one network: what a hidden layer learned",
                    results.Provenance.DataSet,
                    $"Ridge probe on the hidden layer of {TargetPropagationProtocol.Units} units, less "
                        + $"that on the very network untrained: mean over {data.Seeds} seed(s) with its 95 % "
                        + "bootstrap interval over seeds and test samples. Green beats, black ties or is "
                        + "undecided, orange loses: sign-flip test over seeds, Holm over all rows (over "
                        + "plugins' rules apart), level 5 %.",
                    1,
                    [RandomProjectionFamily.Panel("ridge probe", decisions, decisions.Rows, limit: 10)]
                )
            ),
        ];
    }

    /// <summary>The named ones, then all other rules at hand, tuned as those if they see targets or errors.</summary>
    private static IEnumerable<(string Label, string Rule, bool IsTuned)> Arms(ExperimentPlan plan) =>
        [
            .. Named,
            .. from rule in plan.AllRules
            where rule.Attribute.Family != RandomProjectionFamily.Baseline && Named.All(arm => arm.Rule != rule.Id)
            select (rule.Id, rule.Id, rule.Supervision != Supervision.None),
        ];

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [3e-4, 1e-3, 3e-3, 1e-2, 3e-2], 1e-3, 3e-3);

    private static RunSpec Searched(ExperimentPlan plan, (string Label, string Rule, bool IsTuned) arm) =>
        Spec(plan, arm) with
        {
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
        };

    private static int Samples(ExperimentPlan plan) => plan.Profile == Profile.Paper ? 0 : 6_000;

    private static RunSpec Spec(ExperimentPlan plan, (string Label, string Rule, bool IsTuned) arm)
    {
        Dictionary<string, string> options = [];
        if (arm.Label is ByInverse or ByInverseFlatter)
        {
            options["activation-pass"] = TargetPropagationProtocol.Inverse;
        }
        else if (arm.Label == AsWritten)
        {
            options["estimator"] = TargetPropagationProtocol.AsWritten;
        }

        RunSpec spec = plan.Rules[arm.Rule]
            .Spec(plan.DataSet, [TargetPropagationProtocol.Units], plan.Seeds[0], [], options);
        return arm.IsTuned
            ? spec with
            {
                Epochs = plan.Profile == Profile.Paper ? 3 : 1,
                Batch = 256,
                Optimizer = OptimizerKind.Adamw,
                Activation = arm.Label == ByInverseFlatter ? Flatter : spec.Activation,
            }
            : spec;
    }

    private static string LabelOf(RunSpec spec) =>
        spec.Rule == RandomProjectionFamily.Random
            ? $"untrained, {spec.Activation}, "
                + $"{KebabCase.From(spec.Initialization)}{(spec.Targets == RunSpec.EachTarget ? ", ten networks" : "")}"
        : spec.Rule != TargetPropagationProtocol.Rule
            ? Named.FirstOrDefault(arm => arm.Rule == spec.Rule).Label ?? spec.Rule
        : spec.RuleOptions["estimator"] == TargetPropagationProtocol.AsWritten ? AsWritten
        : spec.RuleOptions["activation-pass"] == TargetPropagationProtocol.Slope ? Found
        : spec.Activation == Flatter ? ByInverseFlatter
        : ByInverse;
}
