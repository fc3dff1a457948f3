using System.Globalization;

namespace Reproduction.Experiments.TargetPropagation;

/// <summary>
/// How the factors of a batch are distributed: as written, with the denominators put right, and weighted as least
/// squares weighs them.
/// </summary>
internal sealed class FactorDistribution : TargetPropagationExperiment
{
    private static readonly (string Kind, string Label)[] Kinds =
    [
        ("asWritten", "as written, dy/‹w,d›"),
        ("corrected", "corrected, dy/‹x,d›"),
        ("weighted", "weighted, dy·‹x,d›/mean‹x,d›²"),
    ];

    /// <inheritdoc/>
    public override string Name => "factors";

    /// <inheritdoc/>
    public override string Question => "Do the factors of single directions have a mean at all?";

    private string SharesName => Name + "-exceeds";

    private string TailsName => Name + "-tail";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan) => FactorRuns.Of(plan);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmMeasures shares = new(results.Table<MeasureRow>(SharesName)),
            tails = new(results.Table<MeasureRow>(TailsName));
        string arm = FactorRuns.Arm(FactorRuns.Batches[0]);
        IEnumerable<string> columns =
            from batch in tails.Arms
            from layer in FactorRuns.Layers
            select $"{Title(layer)}, {batch}";
        string[] notes =
        [
            "Hill's estimator on the largest hundredth of a step's factors, one of every denominator; mean over "
                + "steps, then over seeds with its 95 % interval. An exponent of at most 1 has no mean, of at most "
                + "2 no variance. As written the output layer has too few denominators, one a neuron and "
                + "direction, to have a tail estimated.",
        ];
        Table table = new(
            "Exponent of the factors' tail",
            results.Provenance.DataSet,
            ["factor", .. columns],
            [.. Kinds.Select(kind => Row(tails, kind.Kind, kind.Label))],
            notes
        );
        string caption =
            "Share of a batch's factors above M times their median, in magnitude, one of every denominator; along "
            + $"32 directions, each taken alone, at every step of a pass, {arm}; mean over {Cells.Seeds(shares.Seeds)} "
            + "with its 95 % interval.";
        return
        [
            .. FigureOf(
                Name,
                () => TitleOf(shares, arm),
                results,
                caption,
                2,
                FactorRuns.Layers.SelectMany(layer => PanelOf(shares, arm, layer))
            ),
            new TableArtefact(Name, table),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs)
    {
        ResultTable<MeasureRow> Table(string name, string prefix) =>
            new(name, [.. runs.SelectMany(run => MeasureRow.Of(run.Arm, run.Record, prefix))]);
        return [Table(SharesName, "notes.exceeds."), Table(TailsName, "notes.tail.")];
    }

    private static IReadOnlyList<string> Row(ArmMeasures tails, string kind, string label)
    {
        IEnumerable<string> cells =
            from batch in tails.Arms
            from layer in FactorRuns.Layers
            select Cells.Mean(tails.Values(batch, $"{kind}.{layer}"), 2);
        return [label, .. cells];
    }

    /// <summary>The share of factors far above the usual, whose tail keeps means from settling.</summary>
    private static string TitleOf(ArmMeasures shares, string arm)
    {
        IEnumerable<string> far = Kinds.Select(kind =>
        {
            (double At, double[] Values)[] points = [.. Points(shares, arm, kind.Kind, FactorRuns.Layers[0])];
            double share = points
                .Where(point => point.At >= 1)
                .Select(point => point.Values.Average())
                .FirstOrDefault();
            return $"{Cells.Number(100 * share, 1)} % {kind.Label}";
        });
        return $"Factors above ten times their median, hidden layer: {string.Join("; ", far)}";
    }

    private static IEnumerable<Panel> PanelOf(ArmMeasures shares, string arm, string layer)
    {
        List<Curve> curves =
        [
            .. Kinds.Select(
                (kind, i) =>
                    MeanCurve.Of(
                        kind.Label,
                        SeriesStyles.At(i),
                        [.. Points(shares, arm, kind.Kind, layer)],
                        isLogarithmic: true
                    )
            ),
        ];
        double[] reference = [.. curves[1].X.Where(at => at >= 0.4)];
        curves.Add(
            new Curve(
                "in proportion to 1/M: no finite mean",
                SeriesStyles.At(curves.Count),
                reference,
                [.. reference.Select(at => Math.Pow(10, -at))]
            )
        );
        return PanelOf(
            Title(layer),
            "M, in medians of |f|",
            "share of factors above M",
            curves,
            DecadeTicks.Of(0, reference.DefaultIfEmpty().Max()),
            isLogarithmic: true
        );
    }

    /// <summary>
    /// The shares above each multiple of the median; beyond the largest factor of all there is nothing to draw.
    /// </summary>
    private static IEnumerable<(double At, double[] Values)> Points(
        ArmMeasures shares,
        string arm,
        string kind,
        string layer
    ) =>
        from name in shares.Names(arm, $"{kind}.{layer}.")
        let multiple = double.Parse(name, CultureInfo.InvariantCulture)
        orderby multiple
        let values = shares.Values(arm, $"{kind}.{layer}.{name}")
        where values.All(share => share > 0)
        select (Math.Log10(multiple), values);

    private static string Title(string layer) => layer == "output" ? "output layer" : "hidden layer";
}
