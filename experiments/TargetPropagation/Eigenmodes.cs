using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Studies;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// One linear layer, all samples in one step: how fast each eigenmode of its inputs loses its error, predicted and
/// measured, and what conjugate directions do.
/// </summary>
public sealed class Eigenmodes : TargetPropagationExperiment
{
    /// <summary>Inputs of the layer: the hidden units below it, which do not learn, and the constant one.</summary>
    public const int Inputs = 65;

    /// <summary>Directions of the arms that are compared step by step.</summary>
    public const int Compared = 8;

    /// <summary>The curve of the error above the smallest possible one.</summary>
    public const string Reducible = "notes.modes.reducible";

    /// <summary>The table of <see cref="Reducible"/> by step.</summary>
    public const string CurvesName = "eigenmodes-curves";

    private const string Noted = "notes.modes.";

    private static readonly int[] Counts = [4, Compared, 16];
    private static readonly string[] Draws = ["gaussian", "data", "conjugate"];

    /// <inheritdoc/>
    public override string Name => "eigenmodes";

    /// <inheritdoc/>
    public override string Summary =>
        "one linear layer: the share of its error that every eigenmode loses in a step, predicted and "
        + "measured; conjugate directions finish";

    /// <summary>The arm of a draw and number of directions.</summary>
    public static string ArmOf(string draw, int directions) => $"{draw}, k = {directions}";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        from draw in Draws
        from count in Counts
        where draw == Draws[0] || count == Compared
        from seed in plan.First(10)
        select TargetPropagationProtocol.Text(
            plan,
            TargetPropagationProtocol.LeastSquares,
            count,
            new Dictionary<string, string>
            {
                ["record"] = "modes",
                ["draw"] = draw,
                ["ridge"] = "0",
                ["activation-damping"] = "0",
            }
        ) with
        {
            Hidden = [Inputs - 1],
            Seed = seed,
            Batch = 0,
            Limit = 2_400,
            Epochs = 25,
            Diagnostics = 1,
        };

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records) =>
        [ArmTables.Measures(Name, records, ArmOf, Noted), ArmTables.Curves(CurvesName, records, ArmOf, Reducible)];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRows data = new(results.Table(Name)),
            curves = new(results.Table(CurvesName));
        int[] bands = Bands(data, ArmOf(Draws[0], Compared));
        double[] Shares(int count, int band, string part) =>
            [
                .. data.Measure(ArmOf(Draws[0], count), $"{band}.{part}")
                    .Zip(
                        data.Measure(ArmOf(Draws[0], count), $"{band}.squares"),
                        (amount, squares) => 100 * amount / squares
                    ),
            ];
        return
        [
            .. FigureOf(
                Name,
                "One linear layer",
                results,
                $"The output layer over {Inputs - 1} untrained hidden units and a constant, all samples "
                    + $"in one step, exact least squares along k directions; mean over {data.Seeds} seed(s) "
                    + "with its 95 % interval. Left: what a band's modes lost over what they had, both added "
                    + "up over 25 steps; predicted: γλ/(1 + γλ), γ such that the shares add up to k. Right: "
                    + $"conjugate directions can finish in ⌈{Inputs}/{Compared}⌉ = "
                    + $"{(Inputs + Compared - 1) / Compared} steps.",
                2,
                [
                    .. PanelOf(
                        "error that a mode loses in a step",
                        "eigenmodes by eigenvalue, largest first",
                        "share lost, in %",
                        Counts.SelectMany(
                            (count, i) =>
                                new[] { ("measured", "lost"), ("predicted", "predicted") }.Select(
                                    (kind, j) =>
                                        MeanCurve.Of(
                                            $"k = {count}, {kind.Item1}",
                                            (2 * i) + j,
                                            [.. bands.Select(band => ((double)band, Shares(count, band, kind.Item2)))]
                                        )
                                )
                        ),
                        [.. bands.Select(band => ((double)band, BandName(band)))]
                    ),
                    .. PanelOf(
                        $"error above the least, k = {Compared}",
                        "steps taken",
                        "squared error a sample",
                        Draws.Select(
                            (draw, colour) =>
                                MeanCurve.Of(
                                    draw,
                                    colour,
                                    [
                                        .. curves
                                            .Points(ArmOf(draw, Compared), Reducible)
                                            .Select(point => (point.At - 1, point.Values)),
                                    ],
                                    isLogarithmic: true
                                )
                        ),
                        isLogarithmic: true
                    ),
                ]
            ),
        ];
    }

    /// <summary>The bands of eigenmodes of an arm, ascending.</summary>
    private static int[] Bands(ArmRows data, string arm) =>
        [
            .. data.MeasuresOf(arm, "")
                .Where(measure => measure.EndsWith(".squares", StringComparison.Ordinal))
                .Select(measure => int.Parse(measure.Split('.')[0], CultureInfo.InvariantCulture))
                .Order(),
        ];

    /// <summary>"4–7": the modes of a band.</summary>
    private static string BandName(int band) =>
        band == 1 ? "1" : $"{1 << (band - 1)}–{Math.Min((1 << band) - 1, Inputs)}";

    private static string ArmOf(RunSpec spec) =>
        ArmOf(spec.RuleOptions["draw"], int.Parse(spec.RuleOptions["directions"], CultureInfo.InvariantCulture));
}
