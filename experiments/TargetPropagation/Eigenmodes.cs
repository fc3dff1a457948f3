using System.Globalization;
using Reproduction.Experiments.TargetPropagation.Instruments;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// One linear layer, all samples in one step: how fast each eigenmode of its inputs loses its error, predicted and
/// measured, and what conjugate directions do.
/// </summary>
internal sealed class Eigenmodes : TargetPropagationExperiment
{
    /// <summary>Inputs of the layer: the hidden units below it, which do not learn, and the constant one.</summary>
    public const int Inputs = 65;

    /// <summary>Directions of the arms that are compared step by step.</summary>
    public const int Compared = 8;

    /// <summary>The curve of the error above the smallest possible one.</summary>
    public const string Reducible = "notes.modes.reducible";

    /// <summary>The table of <see cref="Reducible"/> by step.</summary>
    public const string CurvesName = "eigenmodes-curves";

    private const string Measured = "notes.modes.";

    private static readonly int[] Counts = [4, Compared, 16];
    private static readonly string[] Draws = ["gaussian", "data", "conjugate"];
    private static readonly (string Label, string Part)[] Kinds = [("measured", "lost"), ("predicted", "predicted")];

    /// <inheritdoc/>
    public override string Name => "eigenmodes";

    /// <inheritdoc/>
    public override string Question => "How much of each eigenmode's error does a step along a few directions take?";

    /// <summary>The arm of a draw and number of directions.</summary>
    public static string ArmOf(string draw, int directions) => $"{draw}, k = {directions}";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan) =>
        from draw in Draws
        from count in Counts
        where draw == Draws[0] || count == Compared
        from seed in plan.First(10)
        select new PlannedRun<string>(ArmOf(draw, count), RunRole.Final, Spec(plan, draw, count, seed));

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        IReadOnlyList<MeasureRow> rows = results.Table<MeasureRow>(Name);
        ArmMeasures data = new(rows);
        ArmCurves curves = new(results.Table<CurveRow>(CurvesName));
        int steps = (Inputs + Compared - 1) / Compared;
        string caption =
            $"The output layer over {Inputs - 1} untrained hidden units and a constant, all samples in one step, "
            + $"exact least squares along k directions; mean over {Cells.Seeds(data.Seeds)} with its 95 % interval. "
            + "Left: what a band's modes lost over what they had, both added up over 25 steps; predicted: "
            + "γλ/(1 + γλ), γ such that the shares add up to k. Right: conjugate directions can finish in "
            + $"{steps} steps, {Inputs}/{Compared} rounded up.";
        return
        [
            .. FigureOf(
                Name,
                () => TitleOf(data),
                results,
                caption,
                2,
                [.. LostPanel(data), .. ReduciblePanel(curves)]
            ),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs)
    {
        IEnumerable<MeasureRow> measures = runs.SelectMany(run => MeasureRow.Of(run.Arm, run.Record, Measured));
        IEnumerable<CurveRow> curves = runs.Where(run => !run.HasDiverged)
            .SelectMany(run => CurveRow.Of(run.Arm, run.Record, Reducible));
        return [new ResultTable<MeasureRow>(Name, [.. measures]), new ResultTable<CurveRow>(CurvesName, [.. curves])];
    }

    private static RunSpec Spec(ExperimentPlan plan, string draw, int count, long seed)
    {
        Dictionary<string, string> options = new()
        {
            ["draw"] = draw,
            ["ridge"] = "0",
            ["activation-damping"] = "0",
        };
        return TargetPropagationProtocol.Text(plan, TargetPropagationProtocol.LeastSquares, count, options) with
        {
            Instruments = [ModeInstrument.Id],
            Hidden = [Inputs - 1],
            Seed = seed,
            Batch = 0,
            Limit = 2_400,
            Epochs = 25,
            Diagnostics = 1,
        };
    }

    /// <summary>What a step takes of the first and of the last eigenmodes' error.</summary>
    private string TitleOf(ArmMeasures data)
    {
        string arm = ArmOf(Draws[0], Compared);
        string Lost(int band) =>
            Cells.Number(
                100 * data.Values(arm, $"{band}.{Kinds[0].Part}").Sum() / data.Values(arm, $"{band}.squares").Sum(),
                0
            );
        int[] bands = Bands(data, arm);
        return bands.Length == 0
            ? Question
            : $"A step along {Compared} directions takes {Lost(bands[0])} % of the error in the first eigenmode, "
                + $"{Lost(bands[^1])} % in the last";
    }

    private static IEnumerable<Panel> LostPanel(ArmMeasures data)
    {
        int[] bands = Bands(data, ArmOf(Draws[0], Compared));
        double[] Shares(int count, int band, string part)
        {
            string arm = ArmOf(Draws[0], count);
            double[] amounts = data.Values(arm, $"{band}.{part}"),
                squares = data.Values(arm, $"{band}.squares");
            return [.. amounts.Zip(squares, (amount, square) => 100 * amount / square)];
        }

        IEnumerable<Curve> curves =
            from i in Enumerable.Range(0, Counts.Length)
            from j in Enumerable.Range(0, Kinds.Length)
            let points = bands.Select(band => ((double)band, Shares(Counts[i], band, Kinds[j].Part)))
            select MeanCurve.Of($"k = {Counts[i]}, {Kinds[j].Label}", SeriesStyles.At((2 * i) + j), [.. points]);
        return PanelOf(
            "error that a mode loses in a step",
            "eigenmodes by eigenvalue, largest first",
            "share lost, in %",
            curves,
            [.. bands.Select(band => ((double)band, BandName(band)))],
            isCategorical: true
        );
    }

    private static IEnumerable<Panel> ReduciblePanel(ArmCurves curves)
    {
        (double At, double[] Values)[] Points(string draw) =>
            [.. curves.Points(ArmOf(draw, Compared), Reducible).Select(point => (point.At - 1, point.Values))];
        return PanelOf(
            $"error above the least, k = {Compared}",
            "steps taken",
            "squared error a sample",
            Draws.Select((draw, i) => MeanCurve.Of(draw, SeriesStyles.At(i), Points(draw), isLogarithmic: true)),
            isLogarithmic: true
        );
    }

    /// <summary>The bands of eigenmodes of an arm, ascending.</summary>
    private static int[] Bands(ArmMeasures data, string arm) =>
        [
            .. data.Names(arm, "")
                .Where(measure => measure.EndsWith(".squares", StringComparison.Ordinal))
                .Select(measure => int.Parse(measure.Split('.')[0], CultureInfo.InvariantCulture))
                .Order(),
        ];

    /// <summary>"4–7": the modes of a band.</summary>
    private static string BandName(int band) =>
        band == 1 ? "1" : $"{1 << (band - 1)}–{Math.Min((1 << band) - 1, Inputs)}";
}
