using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Network;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.Kickback;

/// <summary>
/// How activity grows from layer to layer: at initialisation by width, against the derived 0.564·√n, and during
/// training.
/// </summary>
public sealed class ActivationGrowth : KickbackExperiment
{
    /// <summary>The table of runs that are only looked at before their first step.</summary>
    public const string WidthsName = "activation-growth-widths";

    /// <summary>
    /// Growth a layer over √n, derived: half the units active, each with Σ|w|x over the active half below.
    /// </summary>
    public static readonly double Derived = 1 / Math.Sqrt(Math.PI);

    private static readonly int[] Widths = [25, 50, 100, 200, 400];

    /// <inheritdoc/>
    public override string Name => "activation-growth";

    /// <inheritdoc/>
    public override string Summary =>
        "root mean square of each layer's activity: at initialisation by width, and during training";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) => [.. base.Runs(plan), .. Drawn(plan)];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable widths = new(WidthsName, ["initialization", "units", "seed", "layer", "activation"]);
        foreach (RunRecord record in records.Where(record => record.Spec.LearningRate == 0))
        {
            for (int l = 0; l <= KickbackProtocol.Deepest; l++)
            {
                widths.Add(
                    KebabCase.From(record.Spec.Initialization),
                    record.Spec.Hidden[0],
                    record.Spec.Seed,
                    l + 1,
                    record.Curves[Curve(l)].Values[0]
                );
            }
        }

        return
        [
            ArmCurves.Assemble(
                Name,
                records.Where(record => record.Spec.LearningRate > 0 && KickbackProtocol.IsTuned(record)),
                curve => curve.StartsWith("activation.", StringComparison.Ordinal)
            ),
            widths,
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmCurves curves = new(results.Table(Name));
        ResultTable widths = results.Table(WidthsName);
        List<Panel> panels = [];

        // At initialisation, layer by layer; the dashed law starts where the second hidden layer is.
        List<Figures.Curve> byLayer =
        [
            .. KickbackProtocol.Initializations.Select(
                (initialization, colour) =>
                    MeanCurve.Of(
                        KickbackArm.Signs(initialization),
                        colour,
                        [
                            .. Enumerable
                                .Range(1, KickbackProtocol.Deepest)
                                .Select(layer =>
                                    ((double)layer, Activity(widths, initialization, KickbackProtocol.Units, layer))
                                ),
                        ],
                        isLogarithmic: true
                    )
            ),
        ];
        double start = byLayer[Array.IndexOf(KickbackProtocol.Initializations, Initialization.SignMatched)].Y[1];
        double[] law =
        [
            .. Enumerable
                .Range(0, KickbackProtocol.Deepest - 1)
                .Select(k => start * Math.Pow(Derived * Math.Sqrt(KickbackProtocol.Units), k)),
        ];
        byLayer.Add(
            new Figures.Curve(
                "0.564·√n a layer",
                4,
                [.. Enumerable.Range(2, KickbackProtocol.Deepest - 1).Select(layer => (double)layer)],
                law
            )
        );
        panels.Add(
            new LinePanel(
                $"at initialisation, {KickbackProtocol.Units} units",
                "hidden layer",
                "√mean(x²)",
                byLayer,
                IsLogarithmic: true
            )
        );

        Figures.Curve[] byWidth =
        [
            .. KickbackProtocol.Initializations.Select(
                (initialization, colour) =>
                    MeanCurve.Of(
                        KickbackArm.Signs(initialization),
                        colour,
                        [.. Widths.Select(units => (Math.Log2(units), Growth(widths, initialization, units)))],
                        isLogarithmic: true
                    )
            ),
            new Figures.Curve(
                "0.564·√n",
                4,
                [.. Widths.Select(units => Math.Log2(units))],
                [.. Widths.Select(units => Derived * Math.Sqrt(units))]
            ),
        ];
        panels.Add(
            new LinePanel(
                $"growth a layer, hidden 2 to {KickbackProtocol.Deepest}",
                "units of each hidden layer",
                "factor a layer",
                byWidth,
                [.. Widths.Select(units => (Math.Log2(units), $"{units}"))],
                IsLogarithmic: true
            )
        );
        foreach (KickbackArm arm in Trained())
        {
            Figures.Curve[] drawn =
            [
                .. Enumerable
                    .Range(0, KickbackProtocol.Deepest + 1)
                    .Select(l =>
                        curves.Mean(
                            arm,
                            Curve(l),
                            l == KickbackProtocol.Deepest ? "output" : $"hidden {l + 1}",
                            l,
                            isLogarithmic: true
                        )
                    )
                    .OfType<Figures.Curve>(),
            ];
            panels.Add(
                new LinePanel(
                    $"{KickbackArm.Signs(arm.Initialization)}, {KebabCase.From(arm.Optimizer)}",
                    "step",
                    "√mean(x²)",
                    drawn,
                    IsLogarithmic: true
                )
            );
        }

        return
        [
            new FigureArtefact(
                Name,
                new Figure(
                    "Activity grows with depth",
                    results.Provenance.DataSet,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Geometric mean over {curves.Seeds} seed(s) with its 95 % interval; "
                            + $"{KickbackProtocol.Deepest} hidden layers. {KickbackArm.SignsExplained} Lower "
                            + $"panels: Kickback during training, at its learning rate; of seeds that came to "
                            + $"their end; a curve ends where a layer died."
                    ),
                    2,
                    panels
                )
            ),
        ];
    }

    /// <summary>Each seed's geometric mean of the factors from the second hidden layer to the last.</summary>
    public static double[] Growth(ResultTable widths, Initialization initialization, int units)
    {
        double[] first = Activity(widths, initialization, units, 2),
            last = Activity(widths, initialization, units, KickbackProtocol.Deepest);
        return [.. first.Zip(last, (from, to) => Math.Pow(to / from, 1.0 / (KickbackProtocol.Deepest - 2)))];
    }

    /// <inheritdoc/>
    private protected override IEnumerable<KickbackArm> Arms(ExperimentPlan plan) => Trained();

    private static IEnumerable<KickbackArm> Trained() =>
        from initialization in new[] { Initialization.SignMatched, Initialization.SignMatchedScaled }
        from optimizer in new[] { OptimizerKind.Sgd, OptimizerKind.Adamw }
        select KickbackArm.Kickback(initialization, optimizer, Normalization.None, KickbackProtocol.Deepest);

    /// <summary>Networks that are looked at as they were drawn: one short pass at a learning rate of 0.</summary>
    private static IEnumerable<RunSpec> Drawn(ExperimentPlan plan) =>
        from initialization in KickbackProtocol.Initializations
        from units in Widths
        from seed in plan.Seeds
        select KickbackProtocol.Spec(
            plan,
            KickbackArm.Kickback(initialization, OptimizerKind.Sgd, Normalization.None, KickbackProtocol.Deepest)
        ) with
        {
            Hidden = [.. Enumerable.Repeat(units, KickbackProtocol.Deepest)],
            LearningRate = 0,
            Seed = seed,
            Epochs = 1,
            Limit = 1200,
            Batch = 0,
            Diagnostics = 1,
        };

    private static string Curve(int layer) =>
        MeasureNames.Activation(MeasureNames.Layer(layer, KickbackProtocol.Deepest + 1));

    private static double[] Activity(ResultTable widths, Initialization initialization, int units, int layer) =>
        [
            .. widths
                .Rows.Where(row =>
                    widths.Text(row, "initialization") == KebabCase.From(initialization)
                    && widths.Number(row, "units") == units
                    && widths.Number(row, "layer") == layer
                )
                .OrderBy(row => widths.Number(row, "seed"))
                .Select(row => widths.Number(row, "activation")!.Value),
        ];
}
