using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// Whether Kickback needs a single output: seven torques by one network and the sum of their errors, or by a network
/// each.
/// </summary>
internal sealed class OneScalar : KickbackExperiment
{
    private const int Depth = 2;

    /// <inheritdoc/>
    public override string Name => "one-scalar";

    /// <inheritdoc/>
    public override string Question => "Can one scalar error teach seven outputs?";

    /// <summary>One network, seven outputs, one scalar: the sum of their errors.</summary>
    public static KickbackArm Together { get; } =
        KickbackArm.Kickback(Initialization.SignMatchedScaled, OptimizerKind.Adamw, Normalization.None, Depth) with
        {
            Targets = RunSpec.AllTargets,
        };

    /// <summary>Seven networks.</summary>
    public static KickbackArm Apart { get; } = Together with { Targets = RunSpec.EachTarget };

    private static KickbackArm Backprop { get; } =
        KickbackArm.Backprop(Initialization.SignMatchedScaled, OptimizerKind.Adamw, Normalization.None, Depth);

    private static KickbackArm[] All { get; } =
    [Together, Apart, Backprop with { Targets = RunSpec.AllTargets }, Backprop with { Targets = RunSpec.EachTarget }];

    private string AlignmentName => Name + "-alignment";

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ErrorTable errors = new(results.Table<ErrorRow>(Name));
        ArmCurveTable curves = new(results.Table<ArmCurveRow>(AlignmentName));
        string[] notes =
        [
            "Normalised test error, mean over the seven torques, geometric mean over seeds with its 95 % interval; "
                + "cosine of the proposed step to backprop's before the first step. One network with one scalar is "
                + "taught by the sum of its outputs' errors.",
        ];
        Table table = new(
            "Does Kickback need a single output?",
            results.Provenance.DataSet,
            ["rule and initial weights", "networks", "error", "cosine to backprop, hidden 1", "hidden 2", "output"],
            [.. All.Select(arm => Row(errors, curves, arm))],
            notes
        );
        return [new TableArtefact(Name, table)];
    }

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) => All;

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs) =>
        [.. ErrorTable.Pair(Name, runs), ArmCurveTable.Assemble(AlignmentName, runs, IsAlignment, ends: true)];

    private static IReadOnlyList<string> Row(ErrorTable errors, ArmCurveTable curves, KickbackArm arm)
    {
        string At(int layer) => Cells.Mean([.. curves.AtEnd(arm, Cosine(layer, Depth), first: true).Values], 2);
        return
        [
            arm.Label,
            arm.Targets == RunSpec.EachTarget ? "one for each torque" : "one for all torques",
            errors.Summary(arm),
            .. Enumerable.Range(0, Depth + 1).Select(At),
        ];
    }
}
