using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>How coherent networks stay, without and with normalisation.</summary>
public sealed class Coherence : KickbackExperiment
{
    private static readonly string[] Passes = [KickbackArm.Exact, KickbackArm.Scale];

    /// <summary>What is looked at, and in which words.</summary>
    private static readonly (string Kind, string Title)[] Kinds =
    [
        ("unit", "τ > 0, exact"),
        ("unitWeights", "τ > 0, by weights"),
        ("edge", "coherent edges"),
        ("sign", "sign of backprop's"),
    ];

    /// <inheritdoc/>
    public override string Name => "coherence";

    /// <inheritdoc/>
    public override string Summary =>
        "share of coherent units and edges over training, under no, layer and batch normalisation";

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        // Layer by layer the table would be large; what is asked of it is a network's mean. The last hidden layer's
        // influence is backprop's by definition.
        return
        [
            ArmCurves.OfPoints(
                Name,
                records
                    .Where(KickbackProtocol.IsTuned)
                    .DistinctBy(record => record.RunId)
                    .SelectMany(record => Kinds.SelectMany(kind => Means(record, kind.Kind)))
            ),
        ];
    }

    private static IEnumerable<(RunRecord Record, string Curve, int Step, double Value)> Means(
        RunRecord record,
        string kind
    )
    {
        int depth = record.Spec.Hidden.Length;
        Series[] layers =
        [
            .. Enumerable
                .Range(0, kind == "sign" ? depth - 1 : depth)
                .Select(l =>
                    record.Curves.GetValueOrDefault(MeasureNames.Coherence(MeasureNames.Layer(l, depth + 1), kind))
                )
                .OfType<Series>(),
        ];
        return from step in layers.SelectMany(series => series.Steps).Distinct().Order()
            select (
                record,
                kind,
                step,
                layers
                    .Where(series => series.Steps.Contains(step))
                    .Average(series => series.Values[Array.IndexOf(series.Steps, step)])
            );
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurves curves = new(results.Table(Name));
        Panel[] panels =
        [
            .. from pass in Passes
            from kind in Kinds
            let drawn = KickbackProtocol
                .Normalizations.Select(
                    (normalization, colour) =>
                        curves.Mean(
                            Arm(normalization, pass),
                            kind.Kind,
                            KebabCase.From(normalization),
                            colour,
                            isLogarithmic: false
                        )
                )
                .OfType<Curve>()
                .ToArray()
            where drawn.Length > 1
            select new LinePanel(
                $"{kind.Title}; learns by {(pass == KickbackArm.Exact ? "exact" : "scale")}",
                "step",
                kind.Kind == "edge" ? "share of edges" : "share of units",
                drawn
            ),
        ];
        return panels.Length == 0
            ? []
            :
            [
                new FigureArtefact(
                    Name,
                    new Figure(
                        "Does normalising activations keep coherence?",
                        results.Provenance.DataSet,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"Kickback under AdamW from scaled weights, upper row: its influence passes "
                                + $"the normalisation by the exact derivative, lower row: by the scale alone; "
                                + $"{KickbackProtocol.Deepest} hidden layers, mean over those that are not dead "
                                + $"(of backprop's sign without the last, where it is so by definition); mean "
                                + $"over {curves.Seeds} seed(s) with its 95 % interval. τ: derivative of the "
                                + $"next layer's summed output by a unit's. Exact: through the normalisation's "
                                + $"mean and deviation too, whose shift lets a sample's (layer) or a unit's "
                                + $"(batch) influences add up to 0. By weights: with them taken for constants. "
                                + $"{KickbackArm.SignsExplained}"
                        ),
                        Kinds.Length,
                        panels
                    )
                ),
            ];
    }

    /// <summary>Kickback from scaled weights under a normalisation, its influence passing through it so.</summary>
    internal static KickbackArm Arm(Normalization normalization, string pass) =>
        KickbackArm.Kickback(
            Initialization.SignMatchedScaled,
            OptimizerKind.Adamw,
            normalization,
            KickbackProtocol.Deepest,
            normalizationPass: normalization == Normalization.None ? KickbackArm.Exact : pass
        );

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        All().Where(arm => plan.DataSet == RobotArm.Id || arm.Normalization == Normalization.None);

    private static IEnumerable<KickbackArm> All() =>
        Passes
            .SelectMany(pass => KickbackProtocol.Normalizations.Select(normalization => Arm(normalization, pass)))
            .Distinct();
}
