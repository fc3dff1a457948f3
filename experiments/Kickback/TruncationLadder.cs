using System.Globalization;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// From random features through Kickback to backprop: influence followed through 0, 1, … all layers; and error
/// diffusion beside them.
/// </summary>
internal sealed class TruncationLadder : KickbackExperiment
{
    private static readonly Initialization[] Shown = [Initialization.SignMatchedScaled, Initialization.He];

    /// <inheritdoc/>
    public override string Name => "truncation-ladder";

    /// <inheritdoc/>
    public override string Question => "Through how many layers must an error be followed?";

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ErrorTable errors = new(results.Table<ErrorRow>(Name));
        int seeds = errors.Errors(Ladder(Shown[0]).First()).Count;
        string note =
            $"{KickbackProtocol.Deepest} hidden layers, AdamW, no normalisation, {Cells.Seeds(seeds)}; geometric mean "
            + "over those that came to their end, with its 95 % interval; every rung at the learning rate found for "
            + "it. "
            + KickbackArm.SignsExplained;
        IEnumerable<Curve?> curves = Shown.Select(
            (initialization, i) => CurveOf(errors, initialization, SeriesStyles.At(i))
        );
        LinePanel panel = new(
            "0: random features, 1: Kickback, 6: backprop",
            "hops",
            "normalised test error",
            [.. curves.OfType<Curve>()],
            [.. Enumerable.Range(0, KickbackProtocol.Deepest + 1).Select(hops => ((double)hops, Text(hops)))],
            IsLogarithmic: true
        );
        string caption =
            "Normalised test error by the layers that influence is followed through: 0 trains the output layer alone, "
            + $"1 is Kickback, {KickbackProtocol.Deepest} is backprop. {note}";
        (int Hops, string Name)[] rungs =
        [
            (0, "of the output layer alone"),
            (1, "of Kickback"),
            (KickbackProtocol.Deepest, "of backprop"),
        ];
        IEnumerable<string> ends =
            from rung in rungs
            from curve in panel.Curves.Take(1)
            from point in curve.X.Zip(curve.Y)
            where point.First == rung.Hops
            select $"{Cells.Number(point.Second, 3)} {rung.Name}";
        Figure figure = new(
            $"Normalised test error from scaled weights: {string.Join(", ", ends)}",
            results.Provenance.DataSet,
            caption,
            1,
            [panel]
        );
        IEnumerable<IReadOnlyList<string>> rows =
            from initialization in Shown
            from arm in Ladder(initialization).Append(Diffusion(initialization))
            select Row(errors, arm);
        Table table = new(
            "The truncation ladder: normalised test error",
            results.Provenance.DataSet,
            ["initial weights", "influence", "error", "learning rate"],
            [.. rows],
            [note]
        );
        return [new FigureArtefact(Name, figure), new TableArtefact(Name, table)];
    }

    /// <summary>
    /// The rungs of the ladder; the last, influence through all layers, is backprop, which tests show to be the same
    /// steps.
    /// </summary>
    internal static IEnumerable<KickbackArm> Ladder(Initialization initialization)
    {
        KickbackArm Rung(int hops) =>
            KickbackArm.Kickback(
                initialization,
                OptimizerKind.Adamw,
                Normalization.None,
                KickbackProtocol.Deepest,
                hops
            );
        KickbackArm backprop = KickbackArm.Backprop(
            initialization,
            OptimizerKind.Adamw,
            Normalization.None,
            KickbackProtocol.Deepest
        );
        return Enumerable.Range(0, KickbackProtocol.Deepest).Select(Rung).Append(backprop);
    }

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        Shown.SelectMany(initialization => Ladder(initialization).Append(Diffusion(initialization)));

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs) =>
        ErrorTable.Pair(Name, runs);

    private static Curve? CurveOf(ErrorTable errors, Initialization initialization, SeriesStyle style)
    {
        (double At, double[] Values)[] points =
        [
            .. from arm in Ladder(initialization)
            let values = errors.Errors(arm).OfType<double>().ToArray()
            where values.Length > 0
            select ((double)(arm.Hops ?? KickbackProtocol.Deepest), values),
        ];
        return points.Length > 0
            ? MeanCurve.Of(KickbackArm.Signs(initialization), style, points, isLogarithmic: true)
            : null;
    }

    private static IReadOnlyList<string> Row(ErrorTable errors, KickbackArm arm)
    {
        string rate = errors.Rate(arm)?.ToString("0.#####", CultureInfo.InvariantCulture) ?? "";
        return [KickbackArm.Signs(arm.Initialization), What(arm), errors.Summary(arm), rate];
    }

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
