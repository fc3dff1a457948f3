using Reproduction.Data;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Kickback and backprop on the paper's own network: hidden layers of 10, 100 and 200 units and two output nodes, whose
/// sum is the answer, one a positive and one a negative rectifier. Learning rates are found by cross-validation with
/// five folds, as in the paper by that summary. Claims K3 and K6 are asked again there.
/// </summary>
/// <remarks>
/// The paper's text was not at hand. Widths, output nodes and search are read off a summary of it, and so is the order
/// of the three widths; optimizer, steps and initial weights are those of the other experiments.
/// </remarks>
internal sealed class PaperNetwork : KickbackExperiment
{
    private const int OutputNodes = 2;
    private const int Torques = 7;
    private static readonly int[] Hidden = [10, 100, 200];

    /// <inheritdoc/>
    public override string Name => "paper-network";

    /// <inheritdoc/>
    public override string Question => "Does Kickback match backprop on the paper's own network?";

    /// <summary>One network, two output nodes for each of seven torques, one scalar: the sum of their errors.</summary>
    public static KickbackArm Together { get; } =
        Arm(KickbackArm.KickbackRule, Initialization.SignMatchedScaled, OptimizerKind.Adamw) with
        {
            Targets = RunSpec.AllTargets,
        };

    /// <summary>Seven networks with two output nodes each.</summary>
    public static KickbackArm Apart { get; } = Together with { Targets = RunSpec.EachTarget };

    private static KickbackArm Control { get; } =
        Arm(KickbackArm.BackpropRule, Initialization.SignMatchedScaled, OptimizerKind.Adamw);

    private static IEnumerable<KickbackArm> All =>
        [
            .. from optimizer in new[] { OptimizerKind.Sgd, OptimizerKind.Adamw }
            from rule in new[] { KickbackArm.KickbackRule, KickbackArm.BackpropRule }
            from initialization in KickbackProtocol.Initializations
            select Arm(rule, initialization, optimizer),
            Together,
            Apart,
            Control with
            {
                Targets = RunSpec.AllTargets,
            },
            Control with
            {
                Targets = RunSpec.EachTarget,
            },
        ];

    private string AlignmentName => Name + "-alignment";

    /// <summary>An arm that learns the one torque.</summary>
    public static KickbackArm Arm(string rule, Initialization initialization, OptimizerKind optimizer) =>
        rule == KickbackArm.KickbackRule
            ? KickbackArm.Kickback(initialization, optimizer, Normalization.None, Hidden.Length)
            : KickbackArm.Backprop(initialization, optimizer, Normalization.None, Hidden.Length);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ErrorTable errors = new(results.Table<ErrorRow>(Name)),
            search = new(results.Table<ErrorRow>(ErrorTable.SearchName(Name)));
        ArmCurveTable curves = new(results.Table<ArmCurveRow>(AlignmentName));
        string[] notes =
        [
            "Hidden layers of 10, 100 and 200 signed rectifiers, and for each torque two output nodes, one of each "
                + "sign, whose sum is the answer. The order of the three widths is read off a summary of the paper.",
            "Error: mean squared error over the targets' variance on test samples, geometric mean over seeds with its "
                + "95 % interval; failed: explains less than half of the validation targets' variance.",
            "Rate: found by cross-validation with five folds, each with initial weights of its own (two folds in the "
                + "quick profile), from one grid for all; in brackets the rates at which every fold learned. Cosine of "
                + "the proposed step to backprop's before the first step; with one torque it is 1 in the output nodes, "
                + "as the rule is backprop's there.",
            KickbackArm.SignsExplained,
        ];
        Table table = new(
            "The paper's own network: normalised test error, and learning rates",
            results.Provenance.DataSet,
            [
                "rule and initial weights",
                "optimizer",
                "networks",
                "error",
                "rate",
                .. Hidden.Select(units => $"cosine to backprop, {units} units"),
            ],
            [
                .. All.Where(arm => errors.Errors(arm).Count > 0)
                    .Select(arm =>
                        (IReadOnlyList<string>)
                            [
                                arm.Label,
                                KebabCase.From(arm.Optimizer),
                                NetworksOf(arm),
                                errors.Summary(arm),
                                errors.RateSummary(arm, search),
                                .. Hidden.Select((_, layer) => CosineOf(curves, arm, layer)),
                            ]
                    ),
            ],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        from arm in All
        where plan.DataSet == RobotArm.Id || arm.Targets == KickbackProtocol.Target
        where
            plan.Profile == Profile.Paper
            || (arm.Optimizer == OptimizerKind.Adamw && arm.Initialization != Initialization.SignMatched)
        select arm;

    /// <inheritdoc/>
    protected override RateSearch SearchOf(Profile profile) =>
        KickbackProtocol.SearchOf(profile) with
        {
            Seeds = profile == Profile.Paper ? 5 : 1,
            Folds = profile == Profile.Paper ? 5 : 2,
        };

    /// <inheritdoc/>
    protected override RunSpec Spec(ExperimentPlan plan, KickbackArm arm)
    {
        int outputs = arm.Targets == RunSpec.AllTargets ? Torques : 1;
        return base.Spec(plan, arm) with
        {
            Hidden = [.. Hidden, OutputNodes * outputs],
            OutputWeights = OutputWeights.Sum,
        };
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs) =>
        [.. ErrorTable.Pair(Name, runs), ArmCurveTable.Assemble(AlignmentName, runs, IsAlignment, ends: true)];

    private static string NetworksOf(KickbackArm arm) =>
        arm.Targets switch
        {
            RunSpec.AllTargets => "one for all torques",
            RunSpec.EachTarget => "one for each torque",
            _ => "one torque",
        };

    private static string CosineOf(ArmCurveTable curves, KickbackArm arm, int layer) =>
        Cells.Mean([.. curves.AtEnd(arm, Cosine(layer, Hidden.Length + 1), first: true).Values], 2);
}
