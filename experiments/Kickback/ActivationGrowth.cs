using Reproduction.Network;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// How activity grows from layer to layer: at initialisation by width, against the derived 0.564·√n, and during
/// training.
/// </summary>
internal sealed class ActivationGrowth : KickbackExperiment
{
    /// <summary>The table of untrained networks.</summary>
    public const string WidthsName = "activation-growth-widths";

    /// <summary>
    /// Growth per layer over √n, derived: half the units are active, each with Σ|w|x over the active half below.
    /// </summary>
    public static readonly double Derived = 1 / Math.Sqrt(Math.PI);

    private static readonly int[] Widths = [25, 50, 100, 200, 400];

    /// <inheritdoc/>
    public override string Name => "activation-growth";

    /// <inheritdoc/>
    public override string Question => "Does activity grow with depth, at initialisation and during training?";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<KickbackArm>> Runs(ExperimentPlan plan) =>
        [.. base.Runs(plan), .. Untrained(plan)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurveTable curves = new(results.Table<ArmCurveRow>(Name));
        IReadOnlyList<ActivationRow> widths = results.Table<ActivationRow>(WidthsName);
        string caption =
            $"Geometric mean over {Cells.Seeds(curves.Seeds)} with its 95 % interval; {KickbackProtocol.Deepest} "
            + $"hidden layers. {KickbackArm.SignsExplained} Lower panels: Kickback during training, at its "
            + "learning rate; of seeds that came to their end; a curve ends where a layer died. Ranges differ from "
            + "panel to panel.";
        LinePanel byWidth = ByWidth(widths);
        IEnumerable<string> factors = byWidth
            .Curves.SkipLast(1)
            .SelectMany(curve => curve.X.Zip(curve.Y, (x, y) => (curve.Label, X: x, Y: y)))
            .Where(point => point.X == Math.Log2(KickbackProtocol.Units))
            .Select(point => $"{Cells.Number(point.Y, 2)} with {point.Label}");
        Figure figure = new(
            $"Activity changes from layer to layer, at {KickbackProtocol.Units} units, by a factor of "
                + $"{string.Join(", ", factors)}",
            results.Provenance.DataSet,
            caption,
            2,
            [ByLayer(widths), byWidth, .. Trained().Select(arm => DuringTraining(curves, arm))],
            HasEqualRanges: false
        );
        return [new FigureArtefact(Name, figure)];
    }

    /// <summary>Each seed's geometric mean of the factors from the second hidden layer to the last.</summary>
    public static double[] Growth(IReadOnlyList<ActivationRow> widths, Initialization initialization, int units)
    {
        double[] first = Activity(widths, initialization, units, 2),
            last = Activity(widths, initialization, units, KickbackProtocol.Deepest);
        return [.. first.Zip(last, (from, to) => Math.Pow(to / from, 1.0 / (KickbackProtocol.Deepest - 2)))];
    }

    /// <inheritdoc/>
    protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) => Trained();

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<KickbackArm>> runs)
    {
        IEnumerable<ActivationRow> widths =
            from run in runs
            where run.Role == RunRole.Baseline
            from layer in Enumerable.Range(0, KickbackProtocol.Deepest + 1)
            select new ActivationRow(
                run.Arm.Initialization,
                run.Spec.Hidden[0],
                run.Seed,
                layer + 1,
                run.Record.Curves[Curve(layer)].Values[0]
            );
        return
        [
            ArmCurveTable.Assemble(Name, runs, curve => curve.StartsWith("activation.", StringComparison.Ordinal)),
            new ResultTable<ActivationRow>(WidthsName, [.. widths]),
        ];
    }

    private static IEnumerable<KickbackArm> Trained() =>
        from initialization in new[] { Initialization.SignMatched, Initialization.SignMatchedScaled }
        from optimizer in new[] { OptimizerKind.Sgd, OptimizerKind.Adamw }
        select KickbackArm.Kickback(initialization, optimizer, Normalization.None, KickbackProtocol.Deepest);

    /// <summary>Networks as they were drawn, measured on one batch of all samples; their weights stay.</summary>
    private static IEnumerable<PlannedRun<KickbackArm>> Untrained(ExperimentPlan plan) =>
        from initialization in KickbackProtocol.Initializations
        from units in Widths
        from seed in plan.Seeds
        let arm = KickbackArm.Kickback(initialization, OptimizerKind.Sgd, Normalization.None, KickbackProtocol.Deepest)
        let spec = KickbackProtocol.Spec(plan, arm with { Rule = RandomProjectionFamily.Random, Hops = null }) with
        {
            Hidden = [.. Enumerable.Repeat(units, KickbackProtocol.Deepest)],
            HoldOutValidation = true,
            Seed = seed,
            Frozen = true,
            Epochs = 1,
            Limit = 1200,
            Batch = 0,
            Diagnostics = 1,
        }
        select new PlannedRun<KickbackArm>(arm, RunRole.Baseline, spec);

    /// <summary>At initialisation, layer by layer; the law starts where the second hidden layer is.</summary>
    private static LinePanel ByLayer(IReadOnlyList<ActivationRow> widths)
    {
        int[] layers = [.. Enumerable.Range(1, KickbackProtocol.Deepest)];
        (double At, double[] Values)[] Points(Initialization initialization) =>
            [
                .. layers.Select(layer =>
                    ((double)layer, Activity(widths, initialization, KickbackProtocol.Units, layer))
                ),
            ];
        List<Curve> curves =
        [
            .. KickbackProtocol.Initializations.Select(
                (initialization, i) =>
                    MeanCurve.Of(
                        KickbackArm.Signs(initialization),
                        SeriesStyles.At(8 + i),
                        Points(initialization),
                        isLogarithmic: true
                    )
            ),
        ];
        double start = curves[Array.IndexOf(KickbackProtocol.Initializations, Initialization.SignMatched)].Y[1],
            factor = Derived * Math.Sqrt(KickbackProtocol.Units);
        double[] law = [.. layers.SkipLast(1).Select((_, k) => start * Math.Pow(factor, k))];
        curves.Add(
            new Curve("0.564·√n a layer", SeriesStyles.At(7), [.. layers.Skip(1).Select(layer => (double)layer)], law)
        );
        return new LinePanel(
            $"at initialisation, {KickbackProtocol.Units} units",
            "hidden layer",
            "√mean(x²)",
            curves,
            IsLogarithmic: true
        );
    }

    private static LinePanel ByWidth(IReadOnlyList<ActivationRow> widths)
    {
        (double At, double[] Values)[] Points(Initialization initialization) =>
            [.. Widths.Select(units => (Math.Log2(units), Growth(widths, initialization, units)))];
        IEnumerable<Curve> measured = KickbackProtocol.Initializations.Select(
            (initialization, i) =>
                MeanCurve.Of(
                    KickbackArm.Signs(initialization),
                    SeriesStyles.At(8 + i),
                    Points(initialization),
                    isLogarithmic: true
                )
        );
        Curve law = new(
            "0.564·√n a layer",
            SeriesStyles.At(7),
            [.. Widths.Select(units => Math.Log2(units))],
            [.. Widths.Select(units => Derived * Math.Sqrt(units))]
        );
        return new LinePanel(
            $"growth a layer, hidden 2 to {KickbackProtocol.Deepest}",
            "units of each hidden layer",
            "factor a layer",
            [.. measured, law],
            [.. Widths.Select(units => (Math.Log2(units), Text(units)))],
            IsLogarithmic: true
        );
    }

    private static LinePanel DuringTraining(ArmCurveTable curves, KickbackArm arm)
    {
        string Layer(int layer) => layer == KickbackProtocol.Deepest ? "output" : $"hidden {layer + 1}";
        IEnumerable<Curve?> drawn = Enumerable
            .Range(0, KickbackProtocol.Deepest + 1)
            .Select(layer => curves.Mean(arm, Curve(layer), Layer(layer), SeriesStyles.At(layer), isLogarithmic: true));
        return new LinePanel(
            $"{KickbackArm.Signs(arm.Initialization)}, {KebabCase.From(arm.Optimizer)}",
            "step",
            "√mean(x²)",
            [.. drawn.OfType<Curve>()],
            IsLogarithmic: true
        );
    }

    private static string Curve(int layer) =>
        MeasureNames.Activation(MeasureNames.Layer(layer, KickbackProtocol.Deepest + 1));

    private static double[] Activity(
        IReadOnlyList<ActivationRow> widths,
        Initialization initialization,
        int units,
        int layer
    ) =>
        [
            .. widths
                .Where(row => row.Initialization == initialization && row.Units == units && row.Layer == layer)
                .OrderBy(row => row.Seed)
                .Select(row => row.Activation),
        ];
}
