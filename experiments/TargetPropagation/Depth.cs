using System.Globalization;
using Reproduction.Evaluation;
using Reproduction.Figures;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>One to five hidden layers: targets passed by inverse and by slope, difference target propagation in both schedules, backpropagation.</summary>
public sealed class Depth : TargetPropagationExperiment
{
    private const string SearchName = "depth-search";
    private const int Units = 128;
    private const int Directions = 128;

    private static readonly (string Label, string Rule, string Option, string Value)[] Arms =
    [
        ("backprop", TargetPropagationProtocol.Backprop, "", ""),
        ("target propagation, slope", TargetPropagationProtocol.Rule, "activation-pass", TargetPropagationProtocol.Slope),
        ("target propagation, inverse", TargetPropagationProtocol.Rule, "activation-pass", TargetPropagationProtocol.Inverse),
        ("difference target propagation, alternating", TargetPropagationProtocol.Difference, "schedule", "alternating"),
        ("difference target propagation, parallel", TargetPropagationProtocol.Difference, "schedule", "parallel"),
    ];

    /// <inheritdoc/>
    public override string Name => "depth";

    /// <inheritdoc/>
    public override string Summary => "one to five hidden layers: target propagation by inverse and slope, difference target propagation, backpropagation";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) => Specs(plan).SelectMany(arm => Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        from arm in Specs(plan)
        let rate = Rates(plan).Best(arm, plan)
        from seed in TargetPropagationProtocol.Seeds(plan, 3)
        select arm with { LearningRate = rate, Seed = seed, Limit = TargetPropagationProtocol.Limit(plan, 24_000), Epochs = 4 };

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        int final = records.Max(record => record.Spec.Epochs);
        ResultTable Table(string name, bool isFinal) => ArmTables.Runs(
            name, records.Where(record => (record.Spec.Epochs == final) == isFinal), ArmOf, ("validationAccuracy", MeasureNames.ValidationAccuracy), ("testAccuracy", MeasureNames.TestAccuracy));
        return [Table(Name, isFinal: true), Table(SearchName, isFinal: false)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name));
        int[] depths = [.. Enumerable.Range(1, 5).Where(depth => data.Count(ArmOf(Arms[0].Label, depth)) > 0)];
        return
        [
            new FigureArtefact(Name, new Figure(
                "Depth", results.Provenance.DataSet,
                $"Hidden layers of {Units} units, {Directions} directions; mean over {data.Seeds} seed(s) with its 95 % interval, four passes over the samples, each arm at the learning rate found for it and the depth on validation samples.", 1,
                [
                    new LinePanel("test accuracy", "hidden layers", "test accuracy in %",
                    [
                        .. Arms.Select((arm, colour) => MeanCurve.Of(
                            arm.Label, colour,
                            [.. depths.Select(depth => ((double)depth, data.Values(ArmOf(arm.Label, depth), "testAccuracy").OfType<double>().Select(value => 100 * value).ToArray())).Where(point => point.Item2.Length > 0)])),
                    ],
                    [.. depths.Select(depth => ((double)depth, depth.ToString(CultureInfo.InvariantCulture)))]),
                ])),
            new TableArtefact(Name, new Table(
                "Test accuracy in % by the number of hidden layers", results.Provenance.DataSet, ["rule", .. depths.Select(depth => depth.ToString(CultureInfo.InvariantCulture))],
                [.. Arms.Select(arm => (IReadOnlyList<string>)[arm.Label, .. depths.Select(depth => Cells.Mean([.. data.Values(ArmOf(arm.Label, depth), "testAccuracy").Select(value => 100 * value)], 1))])],
                ["Difference target propagation with one hidden layer has no inverse to learn and points as backpropagation does."])),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) => plan.Profile == Profile.Paper ? new([3e-4, 1e-3, 3e-3], 1) : new([1e-3], 1);

    private static IEnumerable<RunSpec> Specs(ExperimentPlan plan) =>
        from depth in plan.Profile == Profile.Paper ? Enumerable.Range(1, 5) : [1, 3]
        from arm in Arms
        let options = new Dictionary<string, string> { [arm.Option] = arm.Value, ["directions"] = $"{Directions}" }
        select TargetPropagationProtocol.Of(plan, arm.Rule, new Dictionary<string, string>(options.Where(option => option.Key == arm.Option ? arm.Option.Length > 0 : arm.Rule == TargetPropagationProtocol.Rule))) with
        {
            Hidden = [.. Enumerable.Repeat(Units, depth)],
            Optimizer = OptimizerKind.Adamw,
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = 2,
        };

    private static string ArmOf(string label, int depth) => $"{label}, {depth}";

    private static string ArmOf(RunSpec spec) => ArmOf(
        Arms.First(arm => arm.Rule == spec.Rule && (arm.Option.Length == 0 || spec.RuleOptions[arm.Option] == arm.Value)).Label, spec.Hidden.Length);
}
