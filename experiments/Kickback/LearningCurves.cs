using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>Error over training, Kickback against backprop, by depth and optimizer.</summary>
public sealed class LearningCurves : KickbackExperiment
{
    private static readonly OptimizerKind[] Shown = [OptimizerKind.Sgd, OptimizerKind.Adamw];

    /// <inheritdoc/>
    public override string Name => "learning-curves";

    /// <inheritdoc/>
    public override string Summary =>
        "normalised error on validation samples over training, Kickback against backprop, by depth";

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [
            ArmCurves.Assemble(
                Name,
                records.Where(KickbackProtocol.IsTuned),
                curve => curve == MeasureNames.ValidationError
            ),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurves curves = new(results.Table(Name));
        Panel[] panels =
        [
            .. from optimizer in Shown
            from depth in KickbackProtocol.Depths
            let drawn = Methods(optimizer, depth)
                .Select(
                    (arm, colour) =>
                        curves.Mean(arm, MeasureNames.ValidationError, arm.Label, colour, isLogarithmic: true)
                )
                .OfType<Curve>()
                .ToArray()
            where drawn.Length > 0
            select new LinePanel(
                $"{depth} hidden layers, {KebabCase.From(optimizer)}",
                "step",
                "normalised validation error",
                drawn,
                IsLogarithmic: true
            ),
        ];
        return
        [
            new FigureArtefact(
                Name,
                new Figure(
                    "Kickback against backprop",
                    results.Provenance.DataSet,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Geometric mean over {curves.Seeds} seed(s) with its 95 % interval, after each "
                            + $"pass over the data, each arm at the learning rate found for it on validation "
                            + $"samples. No normalisation. 1 is what the mean of the targets would have; in "
                            + $"brackets how many seeds came to their end, where not all did. "
                            + $"{KickbackArm.SignsExplained}"
                    ),
                    panels.Length % KickbackProtocol.Depths.Length == 0 ? KickbackProtocol.Depths.Length : 2,
                    panels
                )
            ),
        ];
    }

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        from optimizer in Shown
        from depth in KickbackProtocol.DepthsOf(plan.Profile)
        from arm in Methods(optimizer, depth)
        select arm;

    private static KickbackArm[] Methods(OptimizerKind optimizer, int depth) =>
        [
            KickbackArm.Backprop(Initialization.He, optimizer, Normalization.None, depth),
            KickbackArm.Kickback(Initialization.SignMatchedScaled, optimizer, Normalization.None, depth),
            KickbackArm.Kickback(Initialization.SignMatched, optimizer, Normalization.None, depth),
            KickbackArm.Kickback(Initialization.He, optimizer, Normalization.None, depth),
            KickbackArm.Backprop(Initialization.SignMatchedScaled, optimizer, Normalization.None, depth),
        ];
}
