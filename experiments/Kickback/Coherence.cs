using Reproduction.Data;
using Reproduction.Network;

namespace Reproduction.Experiments.Kickback;

/// <summary>How coherent networks stay, without and with normalisation.</summary>
internal sealed class Coherence : KickbackExperiment
{
    private static readonly string[] Passes = [KickbackArm.Exact, KickbackArm.Scale];

    /// <summary>The measures of coherence, and their titles.</summary>
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
    public override string Question => "Does normalising activations keep units and edges coherent?";

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurveTable curves = new(results.Table<ArmCurveRow>(Name));
        IEnumerable<LinePanel?> panels =
            from pass in Passes
            from kind in Kinds
            select PanelOf(curves, pass, kind.Kind, kind.Title);
        LinePanel[] drawn = [.. panels.OfType<LinePanel>()];
        if (drawn.Length == 0)
        {
            return [];
        }

        IEnumerable<string> ends = drawn[0].Curves.Select(curve => $"{curve.Label} {Cells.Number(curve.Y[^1], 2)}");
        string caption =
            "Kickback under AdamW from scaled weights, upper row: its influence passes the normalisation by the exact "
            + $"derivative, lower row: by the scale alone; {KickbackProtocol.Deepest} hidden layers, mean over "
            + "those that are not dead (of backprop's sign without the last, where it is so by definition); mean "
            + $"over {Cells.Seeds(curves.Seeds)} with its 95 % interval. τ: derivative of the next layer's summed "
            + "output by a unit's. Exact: through the normalisation's mean and deviation too, whose shift lets a "
            + "sample's (layer) or a unit's (batch) influences add up to 0. By weights: with them taken for "
            + "constants. "
            + KickbackArm.SignsExplained;
        Figure figure = new(
            $"Does normalising activations keep coherence? {drawn[0].Title}, at the end: {string.Join(", ", ends)}",
            results.Provenance.DataSet,
            caption,
            Kinds.Length,
            drawn
        );
        return [new FigureArtefact(Name, figure)];
    }

    /// <summary>Kickback from scaled weights under a normalisation.</summary>
    /// <param name="pass">How its influence passes the normalisation.</param>
    public static KickbackArm Arm(Normalization normalization, string pass) =>
        KickbackArm.Kickback(
            Initialization.SignMatchedScaled,
            OptimizerKind.Adamw,
            normalization,
            KickbackProtocol.Deepest,
            normalizationPass: normalization == Normalization.None ? KickbackArm.Exact : pass
        );

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) =>
        All().Where(arm => plan.DataSet == RobotArm.Id || arm.Normalization == Normalization.None);

    /// <summary>
    /// Layer by layer the table would be large; what is asked of it is a network's mean. The last hidden layer's
    /// influence is backprop's by definition.
    /// </summary>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs)
    {
        IEnumerable<ArmCurveRow> means =
            from run in runs
            where run.Role == RunRole.Final
            from kind in Kinds
            from row in Means(run, kind.Kind)
            select row;
        return [new ResultTable<ArmCurveRow>(Name, [.. means])];
    }

    private static IEnumerable<ArmCurveRow> Means(MeasuredRun<KickbackArm> run, string kind)
    {
        int depth = run.Arm.Depth,
            counted = kind == "sign" ? depth - 1 : depth;
        IEnumerable<string> names = Enumerable
            .Range(0, counted)
            .Select(layer => MeasureNames.Coherence(MeasureNames.Layer(layer, depth + 1), kind));
        Series[] layers = [.. names.Select(name => run.Record.Curves.GetValueOrDefault(name)).OfType<Series>()];
        return from step in layers.SelectMany(series => series.Steps).Distinct().Order()
            let values = layers.Where(series => series.Steps.Contains(step)).Select(series => At(series, step))
            select ArmCurveRow.Of(run, kind, step, values.Average());
    }

    private static double At(Series series, int step) => series.Values[Array.IndexOf(series.Steps, step)];

    /// <summary>One panel; null if fewer than two normalisations were run.</summary>
    private static LinePanel? PanelOf(ArmCurveTable curves, string pass, string kind, string title)
    {
        IEnumerable<Curve?> drawn = KickbackProtocol.Normalizations.Select(
            (normalization, i) =>
                curves.Mean(
                    Arm(normalization, pass),
                    kind,
                    KebabCase.From(normalization),
                    SeriesStyles.At(i),
                    isLogarithmic: false
                )
        );
        Curve[] found = [.. drawn.OfType<Curve>()];
        string learnsBy = pass == KickbackArm.Exact ? "exact" : "scale";
        string share = kind == "edge" ? "share of edges" : "share of units";
        return found.Length > 1 ? new LinePanel($"{title}; learns by {learnsBy}", "step", share, found) : null;
    }

    private static IEnumerable<KickbackArm> All() =>
        Passes
            .SelectMany(pass => KickbackProtocol.Normalizations.Select(normalization => Arm(normalization, pass)))
            .Distinct();
}
