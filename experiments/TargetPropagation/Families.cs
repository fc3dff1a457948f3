using Reproduction.Evaluation;
using Reproduction.Experiments.Comparison;
using Reproduction.Figures;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>All four families on one network and one data set: their own accuracy, and their hidden layers under a probe against random projections. The comparison of the whole suite.</summary>
public sealed class Families : TargetPropagationExperiment
{
    /// <summary>The table of verdicts.</summary>
    public const string DecisionsName = "families-decisions";

    /// <summary>Target propagation as the search found it.</summary>
    public const string Found = "target propagation";

    /// <summary>The same with targets passed by the inverse, as the text has it.</summary>
    public const string ByInverse = "target propagation, inverse";

    private const string SearchName = "families-search";
    private const string Probe = "ridge";

    private static readonly (string Label, string Rule, bool IsTuned)[] Arms =
    [
        (Found, TargetPropagationProtocol.Rule, true), (ByInverse, TargetPropagationProtocol.Rule, true), ("target propagation, as written", TargetPropagationProtocol.Rule, true),
        ("difference target propagation", TargetPropagationProtocol.Difference, true), ("backprop", TargetPropagationProtocol.Backprop, true), ("kickback", "kickback", false),
        ("competitive", "competitive", false), ("softhebb", "softhebb", false), ("hebbnet", "hebbnet", false),
    ];

    /// <inheritdoc/>
    public override string Name => "families";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary => "all families on the same network and data: test accuracy, and their hidden layers against random projections";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) => Arms.Where(arm => arm.IsTuned).SelectMany(arm => Rates(plan).Specs(Searched(plan, arm), plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan)
    {
        List<RunSpec> specs = [];
        foreach ((string Label, string Rule, bool IsTuned) arm in Arms)
        {
            double? rate = arm.IsTuned ? Rates(plan).Best(Searched(plan, arm), plan) : null;
            specs.AddRange(plan.Seeds.Select(seed => Spec(plan, arm) is var spec ? spec with { Seed = seed, LearningRate = rate ?? spec.LearningRate, Probes = [Probe], Limit = Samples(plan) } : spec));
        }

        // Of every network the same untrained.
        IEnumerable<RunSpec> untrained = specs.Select(spec => RunSpec.For(plan.Rules["random"], plan.DataSet, spec.Hidden, spec.Seed, [Probe]) with
        {
            Targets = spec.Targets, Activation = spec.Activation, Initialization = spec.Initialization, Limit = spec.Limit, Epochs = 0, Output = spec.Output == "identity" ? spec.Output : "softmax",
        });
        return [.. specs, .. untrained.DistinctBy(spec => spec.RunId())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        RunRecord[] probed = [.. records.Where(record => record.Spec.Probes.Length > 0)];
        ResultTable Table(string name, IEnumerable<RunRecord> some) => ArmTables.Runs(
            name, some, LabelOf, ("validationAccuracy", MeasureNames.ValidationAccuracy), ("testAccuracy", MeasureNames.TestAccuracy), ("probeAccuracy", MeasureNames.Probe(Probe, "testAccuracy")));
        IReadOnlyList<(string Rule, int Width, ComparisonResult Result)> family = RandomProjectionFamily.Decide(probed, Probe, record => LabelOf(record.Spec));
        ResultTable decisions = new(DecisionsName, RandomProjectionFamily.Columns);
        foreach ((string rule, int width, ComparisonResult result) in family)
        {
            decisions.Add(RandomProjectionFamily.Row(rule, width, Probe, result, family.Count));
        }

        return [Table(Name, probed), Table(SearchName, records.Where(record => record.Spec.Probes.Length == 0)), decisions];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name));
        ResultTable decisions = results.Table(DecisionsName);
        string Mean(string arm, string column) => data.Values(arm, column) is var values && values.OfType<double>().Any() ? Cells.Mean([.. values.Select(value => 100 * value)], 2) : Cells.NotRun;
        string[] arms = [.. Arms.Select(arm => arm.Label).Where(arm => data.Count(arm) > 0)];
        return
        [
            new TableArtefact(Name, new Table(
                "Four families on one network", results.Provenance.DataSet, ["rule", "its own test accuracy in %", "ridge probe on its hidden layer in %", "the same network untrained in %", "learned − untrained in points"],
                [
                    .. arms.Select(arm => decisions.Rows.FirstOrDefault(row => decisions.Text(row, "rule") == arm) is { } decision
                        ? (IReadOnlyList<string>)
                        [
                            arm, Mean(arm, "testAccuracy"), Mean(arm, "probeAccuracy"), Cells.Number(100 * decisions.Number(decision, "randomAccuracy")!.Value, 2), RandomProjectionFamily.Text(decisions, decision),
                        ]
                        : [arm, Mean(arm, "testAccuracy"), Mean(arm, "probeAccuracy"), Cells.NotRun, Cells.NotRun]),
                ],
                [
                    $"One hidden layer of {TargetPropagationProtocol.Units} units; kickback trains ten networks of one output each, whose hidden layers are probed side by side, against ten untrained ones. Mean over {data.Seeds} seed(s) with its 95 % interval.",
                    "Learning rates of target propagation and backprop from one grid on validation samples; the others at their defaults. Every rule with its own activation and initial weights, held against the very network before training. Unsupervised rules have no accuracy of their own. Difference target propagation with one hidden layer points as backprop does.",
                    "Verdict: sign-flip test over seeds, Holm over the table, level 5 %; in brackets the 95 % bootstrap interval over seeds and test samples.",
                ])),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) => plan.Profile == Profile.Paper ? new([3e-4, 1e-3, 3e-3, 1e-2], 1) : new([3e-3], 1);

    private static RunSpec Searched(ExperimentPlan plan, (string Label, string Rule, bool IsTuned) arm) => Spec(plan, arm) with { Limit = TargetPropagationProtocol.Limit(plan, 12_000) };

    private static int Samples(ExperimentPlan plan) => plan.Profile == Profile.Paper ? 0 : 6_000;

    private static RunSpec Spec(ExperimentPlan plan, (string Label, string Rule, bool IsTuned) arm)
    {
        Dictionary<string, string> options = [];
        if (arm.Label == ByInverse)
        {
            options["activation-pass"] = TargetPropagationProtocol.Inverse;
        }
        else if (arm.Label.EndsWith("as written", StringComparison.Ordinal))
        {
            options["estimator"] = TargetPropagationProtocol.AsWritten;
        }

        RunSpec spec = RunSpec.For(plan.Rules[arm.Rule], plan.DataSet, [TargetPropagationProtocol.Units], plan.Seeds[0], [], options);
        return arm.IsTuned ? spec with { Epochs = plan.Profile == Profile.Paper ? 3 : 1, Optimizer = OptimizerKind.Adamw } : spec;
    }

    private static string LabelOf(RunSpec spec) => spec.Rule == "random" ? $"untrained, {spec.Activation}, {KebabCase.From(spec.Initialization)}{(spec.Targets == RunSpec.EachTarget ? ", ten networks" : "")}"
        : Arms.First(arm => arm.Rule == spec.Rule && (spec.Rule != TargetPropagationProtocol.Rule
            || (arm.Label == ByInverse == (spec.RuleOptions["activation-pass"] == TargetPropagationProtocol.Inverse) && arm.Label.EndsWith("as written", StringComparison.Ordinal) == (spec.RuleOptions["estimator"] == TargetPropagationProtocol.AsWritten)))).Label;
}
