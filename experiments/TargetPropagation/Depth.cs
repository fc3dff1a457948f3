using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// One to five hidden layers: targets passed by inverse and by slope, difference target propagation in both schedules,
/// backpropagation.
/// </summary>
public sealed class Depth : TargetPropagationExperiment
{
    private const string SearchName = "depth-search";
    private const int Units = 128;
    private const int Directions = 128;

    private static readonly (string Label, string Rule, string Option, string Value)[] Arms =
    [
        ("backprop", TargetPropagationProtocol.Backprop, "", ""),
        (
            "target propagation, slope",
            TargetPropagationProtocol.Rule,
            "activation-pass",
            TargetPropagationProtocol.Slope
        ),
        (
            "target propagation, inverse",
            TargetPropagationProtocol.Rule,
            "activation-pass",
            TargetPropagationProtocol.Inverse
        ),
        ("difference target propagation, alternating", TargetPropagationProtocol.Difference, "schedule", "alternating"),
        ("difference target propagation, parallel", TargetPropagationProtocol.Difference, "schedule", "parallel"),
    ];

    private static readonly (string Title, int[] Arms)[] Panels =
    [
        ("inverse and slope", [1, 2]),
        ("slope and the yardsticks", [1, 0, 3, 4]),
    ];

    /// <inheritdoc/>
    public override string Name => "depth";

    /// <inheritdoc/>
    public override string Summary =>
        "one to five hidden layers: target propagation by inverse and slope, difference target "
        + "propagation, backpropagation";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Specs(plan).SelectMany(arm => Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        Specs(plan)
            .SelectMany(arm =>
                TargetPropagationProtocol.Tuned(
                    plan,
                    Rates(plan),
                    arm,
                    3,
                    spec => spec with { Limit = TargetPropagationProtocol.Limit(plan, 24_000), Epochs = 4 }
                )
            );

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [.. TargetPropagationProtocol.Accuracies(Name, SearchName, records, ArmOf)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name));
        int[] depths = [.. Enumerable.Range(1, 5).Where(depth => data.Count(ArmOf(Arms[0].Label, depth)) > 0)];
        return
        [
            .. FigureOf(
                Name,
                "Depth",
                results,
                $"Hidden layers of {Units} units, {Directions} directions; mean over those of "
                    + $"{data.Seeds} seed(s) that came to their end, with its 95 % interval; four passes over "
                    + "24,000 training images at most, validation samples among them, each arm at the learning "
                    + "rate found for it and the depth on validation samples.",
                2,
                Panels.SelectMany(panel =>
                    PanelOf(
                        panel.Title,
                        "hidden layers",
                        "test error in %",
                        panel.Arms.Select(i =>
                            MeanCurve.Of(
                                Arms[i].Label,
                                i,
                                [
                                    .. depths.Select(depth =>
                                        (
                                            (double)depth,
                                            data.Percent(ArmOf(Arms[i].Label, depth), "testAccuracy")
                                                .OfType<double>()
                                                .Select(value => 100 - value)
                                                .ToArray()
                                        )
                                    ),
                                ],
                                isLogarithmic: true
                            )
                        ),
                        [.. depths.Select(depth => ((double)depth, depth.ToString(CultureInfo.InvariantCulture)))],
                        isLogarithmic: true
                    )
                )
            ),
            new TableArtefact(
                Name,
                new Table(
                    "Test accuracy in % by the number of hidden layers",
                    results.Provenance.DataSet,
                    ["rule", .. depths.Select(depth => depth.ToString(CultureInfo.InvariantCulture))],
                    [
                        .. Arms.Select(arm =>
                            (IReadOnlyList<string>)
                                [
                                    arm.Label,
                                    .. depths.Select(depth =>
                                        Cells.Mean(data.Percent(ArmOf(arm.Label, depth), "testAccuracy"), 1)
                                    ),
                                ]
                        ),
                    ],
                    [
                        "Difference target propagation with one hidden layer has no inverse to learn and "
                            + "points as backpropagation does.",
                    ]
                )
            ),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [3e-4, 1e-3, 3e-3, 1e-2, 3e-2], 1e-3, 3e-3);

    private static IEnumerable<RunSpec> Specs(ExperimentPlan plan) =>
        from depth in plan.Profile == Profile.Paper ? Enumerable.Range(1, 5) : [1, 3]
        from arm in Arms
        let options = new Dictionary<string, string> { [arm.Option] = arm.Value, ["directions"] = $"{Directions}" }
        select TargetPropagationProtocol.Of(
            plan,
            arm.Rule,
            new Dictionary<string, string>(
                options.Where(option =>
                    option.Key == arm.Option ? arm.Option.Length > 0 : arm.Rule == TargetPropagationProtocol.Rule
                )
            )
        ) with
        {
            Hidden = [.. Enumerable.Repeat(Units, depth)],
            Optimizer = OptimizerKind.Adamw,
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            Epochs = 2,
        };

    private static string ArmOf(string label, int depth) => $"{label}, {depth}";

    private static string ArmOf(RunSpec spec) =>
        ArmOf(
            Arms.First(arm =>
                arm.Rule == spec.Rule && (arm.Option.Length == 0 || spec.RuleOptions[arm.Option] == arm.Value)
            ).Label,
            spec.Hidden.Length
        );
}
