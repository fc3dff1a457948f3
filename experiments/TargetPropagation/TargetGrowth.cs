using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// What the inverse of an activation does to targets on their way down: how much they grow against the bounds, how near
/// the weight steps stay to the gradient, and what is learned.
/// </summary>
public sealed class TargetGrowth : TargetPropagationExperiment
{
    /// <summary>The table of accuracies.</summary>
    public const string AccuracyName = "targets-accuracy";

    private const string SearchName = "targets-search";
    private const string Untrained = "untrained";
    private const string Noted = "notes.";
    private const string Probe = "ridge";
    private const int NarrowUnits = 64;

    // The last hidden layer first: the way that targets go.
    private static readonly string[] Layers = ["output", "hidden3", "hidden2"],
        Passed = ["hidden3", "hidden2", "hidden1"];
    private static readonly string[] Activations =
    [
        "leaky-relu:0.05",
        "leaky-relu:0.1",
        "leaky-relu:0.3",
        "leaky-relu:0.5",
        "leaky-relu:0.8",
        "x-plus-relu",
    ];
    private static readonly string[] Ridges = ["0.0001", "1"];
    private static readonly string[] Passes = [TargetPropagationProtocol.Inverse, TargetPropagationProtocol.Slope];

    /// <inheritdoc/>
    public override string Name => "targets";

    /// <inheritdoc/>
    public override string Summary =>
        "activations and their slopes: how targets grow against the bounds 1/a and 1/σ_min, passed by "
        + "the inverse or by the slope, and what is learned";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Trained(plan).SelectMany(arm => Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. from activation in Of(plan)
            from seed in plan.First(3)
            from pass in Passes
            from ridge in Ridges
            select TargetPropagationProtocol.Tuned(
                TargetPropagationProtocol.Text(
                    plan,
                    TargetPropagationProtocol.LeastSquares,
                    NarrowUnits + 1,
                    new Dictionary<string, string>
                    {
                        ["record"] = "targets",
                        ["draw"] = "orthonormal",
                        ["output-target"] = "gradient",
                        ["activation-pass"] = pass,
                        ["ridge"] = ridge,
                    }
                )
            ) with
            {
                Hidden = [NarrowUnits, NarrowUnits, NarrowUnits],
                Activation = activation,
                Seed = seed,
                Limit = TargetPropagationProtocol.Limit(plan, 3_000),

                // The network as it was drawn.
                LearningRate = 0,
            },
            .. Trained(plan)
                .SelectMany(arm =>
                    TargetPropagationProtocol.Tuned(plan, Rates(plan), arm, 3, spec => spec with { Probes = [Probe] })
                ),
            // The same networks untrained.
            .. from activation in Of(plan)
            from seed in plan.First(3)
            select TargetPropagationProtocol.Tuned(TargetPropagationProtocol.Of(plan, "random")) with
            {
                Activation = activation,
                Seed = seed,
                Initialization = Initialization.He,
                Output = "identity",
                Epochs = 0,
                Probes = [Probe],
                Limit = TargetPropagationProtocol.Limit(plan, 12_000),
            },
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [
            ArmTables.Measures(
                Name,
                records.Where(record => record.Spec.Hidden.Length > 1),
                spec => NarrowArmOf(spec.Activation, spec.RuleOptions["activation-pass"], spec.RuleOptions["ridge"]),
                Noted
            ),
            .. TargetPropagationProtocol.Accuracies(
                AccuracyName,
                SearchName,
                [.. records.Where(record => record.Spec.Hidden.Length == 1)],
                ArmOf,
                ("probeAccuracy", MeasureNames.Probe(Probe, "testAccuracy"))
            ),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name)),
            accuracies = new(results.Table(AccuracyName));
        string[] activations = [.. Activations.Where(activation => accuracies.Count(ArmOf(activation, Passes[0])) > 0)];
        string Mean(string arm, string measure) => Cells.Mean(data.Measure(arm, measure), 2);
        string Bound(string arm, string measure) =>
            data.Measure(arm, measure) is { Length: > 0 } values ? Cells.Number(values.Average(), 2) : Cells.NotRun;
        IReadOnlyList<string> Row(string activation, string pass)
        {
            string arm = NarrowArmOf(activation, pass, Ridges[0]);
            return
            [
                activation,
                pass,
                .. Layers.Select(layer => $"{Mean(arm, $"pull.{layer}")} (≤ {Bound(arm, $"pullBound.{layer}")})"),
                .. Passed.Select(layer => $"{Mean(arm, $"pass.{layer}")} (≤ {Bound(arm, $"passBound.{layer}")})"),
            ];
        }

        (double, string)[] ticks =
        [
            .. activations.Select(
                (activation, i) => ((double)i, activation.Replace("leaky-relu:", "", StringComparison.Ordinal))
            ),
        ];
        Curve Accuracy(string label, int colour, string pass, string column) =>
            MeanCurve.Of(
                label,
                colour,
                [
                    .. activations.Select(
                        (activation, i) =>
                            ((double)i, accuracies.Percent(ArmOf(activation, pass), column).OfType<double>().ToArray())
                    ),
                ]
            );
        const string slopes = "slope a of the leaky ReLU, or x + ReLU(x)",
            accuracy = "test accuracy in %";
        return
        [
            .. FigureOf(
                Name,
                "What the inverse of the activation costs",
                results,
                $"{TargetPropagationProtocol.Units} hidden units, the rule's defaults but for activation, "
                    + "pass and the learning rate, which was found for each on validation samples; two passes "
                    + "over 12,000 training images at most, validation samples among them; mean over "
                    + $"{accuracies.Seeds} seed(s) with its 95 % interval. By the inverse: u′ = f⁻¹(x′). By the "
                    + "slope: u′ = u + f′(u)(x′ − x).",
                2,
                [
                    .. PanelOf(
                        "accuracy",
                        slopes,
                        accuracy,
                        Passes.Select((pass, colour) => Accuracy($"by the {pass}", colour, pass, "testAccuracy")),
                        ticks
                    ),
                    .. PanelOf(
                        "ridge probe on the hidden layer",
                        slopes,
                        accuracy,
                        [
                            .. Passes.Select(
                                (pass, colour) => Accuracy($"by the {pass}", colour, pass, "probeAccuracy")
                            ),
                            Accuracy(Untrained, Passes.Length, Untrained, "probeAccuracy"),
                        ],
                        ticks
                    ),
                ]
            ),
            new TableArtefact(
                Name,
                new Table(
                    "How targets grow on their way down",
                    results.Provenance.DataSet,
                    [
                        "activation",
                        "passed by the",
                        .. Layers.Select(layer => $"‖x′−x‖/‖dy‖, {layer}"),
                        .. Passed.Select(layer => $"‖u′−u‖/‖x′−x‖, {layer}"),
                    ],
                    [.. from activation in activations from pass in Passes select Row(activation, pass)],
                    [
                        $"Three hidden layers of {NarrowUnits} units, untrained, as many directions as "
                            + "they have inputs, gradient targets; mean over the steps of a pass, then over "
                            + "seeds. In brackets the bounds, means alone: 1/σ_min of the layer's new weights, "
                            + "and 1/a or the largest slope.",
                    ]
                )
            ),
            new TableArtefact(
                "targets-cosine",
                new Table(
                    "Cosine of what targets ask of a layer and the gradient there",
                    results.Provenance.DataSet,
                    ["activation", "passed by the", "ridge", .. Passed],
                    [
                        .. from activation in activations
                        from pass in Passes
                        from ridge in Ridges
                        select (IReadOnlyList<string>)
                            [
                                activation,
                                pass,
                                ridge,
                                .. Passed.Select(layer =>
                                    Mean(NarrowArmOf(activation, pass, ridge), $"cosine.{layer}")
                                ),
                            ],
                    ],
                    [
                        "The same networks. Cosine of u′ − u with minus the gradient of the output's "
                            + "loss by u, over all units and samples. Ridge: of the least squares, as a share "
                            + "of the mean squared response; at 10⁻⁴ the step is nearly exact.",
                    ]
                )
            ),
        ];
    }

    /// <summary>The arm of an activation and how targets pass it.</summary>
    public static string ArmOf(string activation, string pass) => $"{activation}, {pass}";

    private static string NarrowArmOf(string activation, string pass, string ridge) =>
        $"{activation}, {pass}, ridge {ridge}";

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2], 3e-3);

    private static IEnumerable<string> Of(ExperimentPlan plan) =>
        plan.Profile == Profile.Paper ? Activations : [Activations[1], Activations[3]];

    private static IEnumerable<RunSpec> Trained(ExperimentPlan plan) =>
        from activation in Of(plan)
        from pass in Passes
        select TargetPropagationProtocol.Of(
            plan,
            TargetPropagationProtocol.Rule,
            new Dictionary<string, string> { ["activation-pass"] = pass }
        ) with
        {
            Activation = activation,
            Epochs = 2,
            Limit = TargetPropagationProtocol.Limit(plan, 12_000),
        };

    private static string ArmOf(RunSpec spec) =>
        ArmOf(spec.Activation, spec.RuleOptions.GetValueOrDefault("activation-pass", Untrained));
}
