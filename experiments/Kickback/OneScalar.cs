using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Whether Kickback needs a single output: seven torques by one network and the sum of their errors, or by a network
/// each.
/// </summary>
public sealed class OneScalar : KickbackExperiment
{
    private const int Depth = 2;

    /// <inheritdoc/>
    public override string Name => "one-scalar";

    /// <inheritdoc/>
    public override string Summary =>
        "seven outputs taught by one scalar error, against seven networks of one output each";

    /// <summary>One network, seven outputs, one scalar: the sum of their errors.</summary>
    internal static KickbackArm Together { get; } =
        KickbackArm.Kickback(Initialization.SignMatchedScaled, OptimizerKind.Adamw, Normalization.None, Depth) with
        {
            Targets = RunSpec.AllTargets,
        };

    /// <summary>Seven networks.</summary>
    internal static KickbackArm Apart { get; } = Together with { Targets = RunSpec.EachTarget };

    private static KickbackArm[] All { get; } =
    [
        Together,
        Apart,
        KickbackArm.Backprop(Initialization.SignMatchedScaled, OptimizerKind.Adamw, Normalization.None, Depth) with
        {
            Targets = RunSpec.AllTargets,
        },
        KickbackArm.Backprop(Initialization.SignMatchedScaled, OptimizerKind.Adamw, Normalization.None, Depth) with
        {
            Targets = RunSpec.EachTarget,
        },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [
            .. ErrorTable.Pair(Name, records),
            ArmCurves.Assemble(
                Name + "-alignment",
                records.Where(KickbackProtocol.IsTuned),
                curve => curve.StartsWith("alignment.", StringComparison.Ordinal),
                ends: true
            ),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ErrorTable errors = new(results.Table(Name));
        ArmCurves curves = new(results.Table(Name + "-alignment"));
        string Cosine(KickbackArm arm, int layer) =>
            Cells.Mean(
                [
                    .. curves
                        .AtEnd(arm, MeasureNames.Alignment(MeasureNames.Layer(layer, Depth + 1), "cosine"), first: true)
                        .Values.Select(value => (double?)value),
                ],
                2
            );
        return
        [
            new TableArtefact(
                Name,
                new Table(
                    "Does Kickback need a single output?",
                    results.Provenance.DataSet,
                    [
                        "rule and initial weights",
                        "networks",
                        "error",
                        "cosine to backprop, hidden 1",
                        "hidden 2",
                        "output",
                    ],
                    [
                        .. All.Select(arm =>
                            (IReadOnlyList<string>)
                                [
                                    arm.Label,
                                    arm.Targets == RunSpec.EachTarget ? "one for each torque" : "one for all torques",
                                    errors.Summary(arm),
                                    .. Enumerable.Range(0, Depth + 1).Select(layer => Cosine(arm, layer)),
                                ]
                        ),
                    ],
                    [
                        "Normalised test error, mean over the seven torques, geometric mean over seeds "
                            + "with its 95 % interval; cosine of the proposed step to backprop's before the "
                            + "first step. One network with one scalar is taught by the sum of its outputs' "
                            + "errors.",
                    ]
                )
            ),
        ];
    }

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) => All;
}
