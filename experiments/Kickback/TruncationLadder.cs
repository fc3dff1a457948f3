using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// From random features through Kickback to backprop: influence followed through 0, 1, … all layers; and error
/// diffusion beside them.
/// </summary>
public sealed class TruncationLadder : KickbackExperiment
{
    private static readonly Initialization[] Shown = [Initialization.SignMatchedScaled, Initialization.He];

    /// <inheritdoc/>
    public override string Name => "truncation-ladder";

    /// <inheritdoc/>
    public override string Summary =>
        "error by how many layers influence is followed through: 0 random features, 1 Kickback, all "
        + "backprop; and error diffusion";

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        ErrorTable.Pair(Name, records);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ErrorTable errors = new(results.Table(Name));
        List<IReadOnlyList<string>> rows = [];
        List<Curve> drawn = [];
        for (int i = 0; i < Shown.Length; i++)
        {
            (double At, double[] Values)[] points =
            [
                .. from arm in Ladder(Shown[i])
                let values = errors.Errors(arm).OfType<double>().ToArray()
                where values.Length > 0
                select ((double)(arm.Hops ?? KickbackProtocol.Deepest), values),
            ];
            if (points.Length > 0)
            {
                drawn.Add(MeanCurve.Of(KickbackArm.Signs(Shown[i]), i, points, isLogarithmic: true));
            }

            rows.AddRange(
                Ladder(Shown[i])
                    .Append(Diffusion(Shown[i]))
                    .Select(arm =>
                        (IReadOnlyList<string>)
                            [
                                KickbackArm.Signs(arm.Initialization),
                                What(arm),
                                errors.Summary(arm),
                                errors.Rate(arm) is { } rate
                                    ? rate.ToString("0.#####", CultureInfo.InvariantCulture)
                                    : "",
                            ]
                    )
            );
        }

        string note = string.Create(
            CultureInfo.InvariantCulture,
            $"{KickbackProtocol.Deepest} hidden layers, AdamW, no normalisation, "
                + $"{errors.Errors(Ladder(Shown[0]).First()).Count} seed(s); geometric mean over those that "
                + $"came to their end, with its 95 % interval; every rung at the learning rate found for it. "
                + $"{KickbackArm.SignsExplained}"
        );
        return
        [
            new FigureArtefact(
                Name,
                new Figure(
                    "The truncation ladder",
                    results.Provenance.DataSet,
                    "Normalised test error by the layers that influence is followed through: 0 trains "
                        + $"the output layer alone, 1 is Kickback, {KickbackProtocol.Deepest} is backprop. "
                        + $"{note}",
                    1,
                    [
                        new LinePanel(
                            "0: random features, 1: Kickback, 6: backprop",
                            "hops",
                            "normalised test error",
                            drawn,
                            [
                                .. Enumerable
                                    .Range(0, KickbackProtocol.Deepest + 1)
                                    .Select(hops => ((double)hops, $"{hops}")),
                            ],
                            IsLogarithmic: true
                        ),
                    ]
                )
            ),
            new TableArtefact(
                Name,
                new Table(
                    "The truncation ladder: normalised test error",
                    results.Provenance.DataSet,
                    ["initial weights", "influence", "error", "learning rate"],
                    rows,
                    [note]
                )
            ),
        ];
    }

    /// <summary>
    /// The rungs on networks so drawn; the last, influence through all layers, is backprop, which tests show to be the
    /// same steps.
    /// </summary>
    internal static IEnumerable<KickbackArm> Ladder(Initialization initialization) =>
        Enumerable
            .Range(0, KickbackProtocol.Deepest)
            .Select(hops =>
                KickbackArm.Kickback(
                    initialization,
                    OptimizerKind.Adamw,
                    Normalization.None,
                    KickbackProtocol.Deepest,
                    hops
                )
            )
            .Append(
                KickbackArm.Backprop(initialization, OptimizerKind.Adamw, Normalization.None, KickbackProtocol.Deepest)
            );

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        Shown.SelectMany(initialization => Ladder(initialization).Append(Diffusion(initialization)));

    private static KickbackArm Diffusion(Initialization initialization) =>
        KickbackArm.Kickback(
            initialization,
            OptimizerKind.Adamw,
            Normalization.None,
            KickbackProtocol.Deepest,
            influence: KickbackArm.Constant
        );

    private static string What(KickbackArm arm) =>
        (arm.Influence, arm.Hops) switch
        {
            (_, null) => $"{KickbackProtocol.Deepest} hops: backprop",
            (KickbackArm.Constant, _) => "constant (error diffusion)",
            (_, 0) => "0 hops: random features",
            (_, 1) => "1 hop: Kickback",
            _ => $"{arm.Hops} hops",
        };
}
