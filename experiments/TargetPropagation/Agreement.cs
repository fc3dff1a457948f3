using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// Whether the variance of the factors marks the directions that help, and whether a gate by it does.
/// </summary>
public sealed class Agreement : TargetPropagationExperiment
{
    /// <summary>The table of rank correlations.</summary>
    public const string RankName = "agreement-rank";

    private const string GainName = "agreement-gain";
    private const string GateName = "agreement-gate";
    private const string SearchName = "agreement-search";
    private const int Fifths = 5;
    private static readonly (string Indicator, string Label)[] Indicators =
    [
        ("variance", "variance of the factors, as in the text"),
        ("disagreement", "v/(f*² + v), as the gate uses it"),
    ];

    /// <inheritdoc/>
    public override string Name => "agreement";

    /// <inheritdoc/>
    public override string Summary =>
        "the variance of the factors against the error that a direction takes away on other samples, and "
        + "the effect of the gate";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Search(ExperimentPlan plan) =>
        Gated(plan).SelectMany(arm => Rates(plan).Specs(arm, plan));

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. FactorRuns.Of(plan),
            .. Gated(plan).SelectMany(arm => TargetPropagationProtocol.Tuned(plan, Rates(plan), arm, 5, spec => spec)),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        RunRecord[] recorded = [.. records.Where(IsRecorded)],
            gated = [.. records.Where(record => !IsRecorded(record))];
        return
        [
            ArmTables.Measures(RankName, recorded, FactorRuns.ArmOf, "notes.rank."),
            ArmTables.Measures(GainName, recorded, FactorRuns.ArmOf, "notes.gain."),
            .. TargetPropagationProtocol.Accuracies(GateName, SearchName, gated, GateArmOf),
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows ranks = new(results.Table(RankName)),
            gains = new(results.Table(GainName)),
            gates = new(results.Table(GateName));
        IEnumerable<Panel> Panels(string arm, string layer) =>
            PanelOf(
                $"{(layer == "output" ? "output layer" : "hidden layer")}, {arm}",
                "fifth of the directions, by the indicator",
                "squared error taken away, in %",
                Indicators.Select(
                    (indicator, colour) =>
                        MeanCurve.Of(
                            indicator.Label,
                            colour,
                            [
                                .. Enumerable
                                    .Range(1, Fifths)
                                    .Select(fifth =>
                                        (
                                            (double)fifth,
                                            gains
                                                .Measure(arm, $"{indicator.Indicator}.{layer}.{fifth}")
                                                .Select(share => 100 * share)
                                                .ToArray()
                                        )
                                    ),
                            ]
                        )
                ),
                [
                    .. Enumerable
                        .Range(1, Fifths)
                        .Select(fifth =>
                            (
                                (double)fifth,
                                fifth switch
                                {
                                    1 => "lowest",
                                    Fifths => "highest",
                                    _ => fifth.ToString(CultureInfo.InvariantCulture),
                                }
                            )
                        ),
                ]
            );
        return
        [
            .. FigureOf(
                Name,
                "Does low variance mark directions that help?",
                results,
                "Share of a neuron's squared error on one half of a batch that an exact line search on "
                    + "the other half takes away, along single random directions; negative where the line "
                    + "search fits noise. Each neuron's 32 directions in fifths by the indicator; mean over "
                    + $"neurons and steps, then over {gains.Seeds} seed(s) with its 95 % interval.",
                2,
                from arm in gains.Arms
                from layer in FactorRuns.Layers
                from panel in Panels(arm, layer)
                select panel
            ),
            new TableArtefact(
                "agreement-rank",
                new Table(
                    "Rank correlation of an indicator with the error that a direction takes away",
                    results.Provenance.DataSet,
                    [
                        "indicator",
                        .. ranks.Arms.SelectMany(arm => FactorRuns.Layers.Select(layer => $"{layer}, {arm}")),
                    ],
                    [
                        .. Indicators.Select(indicator =>
                            (IReadOnlyList<string>)
                                [
                                    indicator.Label,
                                    .. ranks.Arms.SelectMany(arm =>
                                        FactorRuns.Layers.Select(layer =>
                                            Cells.Mean(ranks.Measure(arm, $"{indicator.Indicator}.{layer}"), 3)
                                        )
                                    ),
                                ]
                        ),
                    ],
                    [
                        "Negative where low values mark directions that help, as the text has it. "
                            + "Spearman's, over a neuron's 32 directions; mean over neurons and steps, then "
                            + "over seeds with its 95 % interval.",
                    ]
                )
            ),
            new TableArtefact(
                "agreement-gate",
                new Table(
                    "The gate",
                    results.Provenance.DataSet,
                    ["set-up", "learning rate", "steps", "test accuracy in %"],
                    [
                        .. gates.Arms.Select(arm =>
                            (IReadOnlyList<string>)
                                [
                                    arm,
                                    gates.Text(arm, "learningRate"),
                                    gates.Text(arm, "steps"),
                                    Cells.Mean(gates.Percent(arm, "testAccuracy"), 1),
                                ]
                        ),
                    ],
                    [
                        "Least squares, one pass, each at the learning rate found for it on validation "
                            + "samples. Text's set-up: one-hot targets, inverse of a leaky ReLU of slope 0.5, "
                            + "plain steps. Found set-up: the rule's defaults but for the rate.",
                    ]
                )
            ),
        ];
    }

    private static RateSearch Rates(ExperimentPlan plan) =>
        TargetPropagationProtocol.Rates(plan, [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1], 3e-3, 3e-1);

    private static IEnumerable<RunSpec> Gated(ExperimentPlan plan) =>
        from options in new[] { "none", "variance" }.Select(gate => new Dictionary<string, string> { ["gate"] = gate })
        from spec in new[]
        {
            TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, 1, options),
            TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, 32, options),
            TargetPropagationProtocol.Of(plan, TargetPropagationProtocol.Rule, options),
        }
        select spec;

    private static bool IsRecorded(RunRecord record) => record.Spec.RuleOptions["record"] != "none";

    private static string GateArmOf(RunSpec spec) =>
        $"{(spec.RuleOptions["activation-pass"] == TargetPropagationProtocol.Inverse ? "text's" : "found")} "
        + $"set-up, {spec.RuleOptions["directions"]} direction(s), "
        + $"{(spec.RuleOptions["gate"] == "none" ? "no gate" : "gate")}";
}
