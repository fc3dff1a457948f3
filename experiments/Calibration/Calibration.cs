using System.Globalization;
using Reproduction.Data;
using Reproduction.Numerics;
using Reproduction.Statistics;

namespace Reproduction.Experiments.Calibration;

/// <summary>
/// How often the intervals behind verdicts cover, how often a family without any difference comes to a false verdict,
/// and which differences are shown: on simulated tables whose truth is known, and on real pairs of random projections.
/// </summary>
internal sealed class Calibration : Experiment<int>
{
    private const string FamiliesName = "calibration-families";
    private const string VariancesName = "calibration-variances";
    private const string Real = "real";

    private static readonly int[] SeedCounts = [3, 5, 10, 20];
    private static readonly double[] Planted = [0, 0.002, 0.005, 0.01, 0.02];

    /// <inheritdoc/>
    public override string Paper => "calibration";

    /// <inheritdoc/>
    public override string PaperTitle => "How far verdicts can be trusted";

    /// <inheritdoc/>
    public override string Name => "calibration";

    /// <inheritdoc/>
    public override string Question =>
        "How often do intervals cover and verdicts err, and which differences do how many seeds show?";

    /// <summary>Images of grey levels: on colour images the widest networks would take an hour.</summary>
    public override string? DataSetFor(string chosen) =>
        chosen == CifarDataSet.Cifar10.Id ? null : base.DataSetFor(chosen);

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<int>> Runs(ExperimentPlan plan) => NullRuns.All(plan);

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        IReadOnlyList<CoverageRow> coverage = results.Table<CoverageRow>(Name);
        IReadOnlyList<FamilyRow> families = results.Table<FamilyRow>(FamiliesName);
        IReadOnlyList<VarianceRow> variances = results.Table<VarianceRow>(VariancesName);
        Table table = new(
            "How often the intervals at 95 % cover, and how often families without a difference err, in %",
            results.Provenance.DataSet,
            ["tables", "units", "seeds", "cover", "± points", "families that err", .. Planted.Skip(1).Select(ShownAt)],
            [
                .. from row in coverage
                where row.Planted == 0
                select Row(row, coverage, families.First(family => IsOf(family, row))),
            ],
            [.. Notes(coverage, families, variances)]
        );
        Figure figure = new(
            TitleOf(coverage),
            results.Provenance.DataSet,
            "Intervals at 95 % should cover in 93 to 97 % of the tables; bars: 95 % of the binomial. "
                + SourceNote(coverage),
            2,
            [CoveragePanel(coverage), PowerPanel(coverage, seeds: 10)],
            HasEqualRanges: false
        );
        return [new TableArtefact(Name, table), new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Findings(ResultFolder results)
    {
        CoverageRow[] rows = Trusted(results.Table<CoverageRow>(Name));
        if (rows.Length > 0)
        {
            yield return $"Of intervals at 95 % from five seeds or more, {Range(rows)} cover the true difference, "
                + "simulated or between real random projections.";
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<int>> runs)
    {
        Dictionary<int, NullPool> pools = runs.Where(run => !run.HasDiverged)
            .GroupBy(run => run.Arm)
            .ToDictionary(
                width => width.Key,
                width => new NullPool([.. width.Select(run => RightOf(run.Record)).Where(right => right.Length > 0)])
            );

        // A quick look has few runs, and draws few tables.
        int most = pools.Values.Max(pool => pool.Count),
            tables = most >= 80 ? 1000 : 40;
        List<CoverageRow> coverage = [];
        List<FamilyRow> families = [];
        List<VarianceRow> variances = [];
        void Count(string source, int units, Drawing draw, int comparisons, int mostSeeds)
        {
            foreach (int seeds in SeedCounts.Where(seeds => seeds <= mostSeeds))
            {
                Study(source, units, seeds, tables, draw, comparisons, coverage, families);
            }
        }

        foreach (SimulatedLayer layer in SimulatedLayer.All.Where(layer => pools.ContainsKey(layer.Units)))
        {
            variances.Add(VarianceOf(layer.Source, layer.Units, layer.Accuracy, layer.Draw));
            Count(layer.Source, layer.Units, layer.Draw, comparisons: 12, SeedCounts[^1]);
        }

        foreach ((int units, NullPool pool) in pools)
        {
            // Three rules and the projections they share, each with runs of its own.
            variances.Add(VarianceOf(Real, units, pool.Accuracy, pool.Draw));
            Count(Real, units, pool.Draw, comparisons: 3, pool.Count / 4);
        }

        return
        [
            new ResultTable<CoverageRow>(
                Name,
                [
                    .. coverage
                        .OrderByDescending(row => row.Source, StringComparer.Ordinal)
                        .ThenBy(row => (row.Units, row.Seeds, row.Planted)),
                ]
            ),
            new ResultTable<FamilyRow>(
                FamiliesName,
                [
                    .. families
                        .OrderByDescending(row => row.Source, StringComparer.Ordinal)
                        .ThenBy(row => (row.Units, row.Seeds)),
                ]
            ),
            new ResultTable<VarianceRow>(
                VariancesName,
                [.. variances.OrderByDescending(row => row.Source, StringComparer.Ordinal).ThenBy(row => row.Units)]
            ),
        ];
    }

    private delegate IReadOnlyList<SampleTable> Drawing(RandomStream random, int seeds, IReadOnlyList<double> planted);

    /// <summary>Draws many tables of one kind and counts what their intervals say.</summary>
    private static void Study(
        string source,
        int units,
        int seeds,
        int tables,
        Drawing draw,
        int comparisons,
        List<CoverageRow> coverage,
        List<FamilyRow> families
    )
    {
        int[] covered = new int[Planted.Length],
            shown = new int[Planted.Length];
        double[][] halves = new double[tables][];
        int wrong = 0;
        double simultaneous = Family.Simultaneous(comparisons);
        Parallel.For(
            0,
            tables,
            new ParallelOptions { MaxDegreeOfParallelism = ComputeThreads.Count },
            table =>
            {
                // Every table has its own stream, so that the order in which they are drawn does not matter.
                string name = string.Create(CultureInfo.InvariantCulture, $"{source}/{units}/{seeds}/{table}");
                RandomStream random = RandomStream.Create(1, name);
                halves[table] = new double[Planted.Length];
                for (int p = 0; p < Planted.Length; p++)
                {
                    Interval interval = Effect
                        .Of(draw(random, seeds, [Planted[p]])[0])
                        .Interval(Estimand.SeedsAndSamples);
                    bool isCovered = interval.Low <= Planted[p] && Planted[p] <= interval.High,
                        isShown = interval.Low > 0 || (Planted[p] == 0 && interval.High < 0);
                    Interlocked.Add(ref covered[p], isCovered ? 1 : 0);
                    Interlocked.Add(ref shown[p], isShown ? 1 : 0);
                    halves[table][p] = (interval.High - interval.Low) / 2;
                }

                bool isWrong = draw(random, seeds, new double[comparisons])
                    .Select(one => Effect.Of(one).Interval(Estimand.SeedsAndSamples, simultaneous))
                    .Any(interval => interval.Low > 0 || interval.High < 0);
                Interlocked.Add(ref wrong, isWrong ? 1 : 0);
            }
        );
        for (int p = 0; p < Planted.Length; p++)
        {
            double half = halves.Average(table => table[p]);
            coverage.Add(new CoverageRow(source, units, seeds, Planted[p], tables, covered[p], shown[p], half));
        }

        families.Add(new FamilyRow(source, units, seeds, comparisons, tables, wrong));
    }

    private static VarianceRow VarianceOf(string source, int units, double accuracy, Drawing draw)
    {
        const int Tables = 100,
            Seeds = 8;
        Effect[] effects =
        [
            .. Enumerable
                .Range(0, Tables)
                .Select(table =>
                    Effect.Of(
                        draw(
                            RandomStream.Create(
                                2,
                                string.Create(CultureInfo.InvariantCulture, $"{source}/{units}/{table}")
                            ),
                            Seeds,
                            [0]
                        )[0]
                    )
                ),
        ];

        // Means of unbiased estimates, before they are cut off at 0.
        double Mean(Func<Effect, double> component) => effects.Average(component);
        return new VarianceRow(
            source,
            units,
            accuracy,
            Math.Sqrt(
                Math.Max(0, Mean(effect => (effect.SeedMeanSquare - effect.ResidualMeanSquare) / effect.Samples))
            ),
            Math.Max(0, Mean(effect => (effect.SampleMeanSquare - effect.ResidualMeanSquare) / effect.Seeds)),
            Mean(effect => effect.ResidualMeanSquare)
        );
    }

    private static double[] RightOf(RunRecord record) =>
        record.Correct.TryGetValue(NullRuns.Probe, out byte[]? bits)
            ? SampleTable.Unpacked(bits, CorrectRow.TestSamples(record, NullRuns.Probe))
            : [];

    private static bool IsOf(FamilyRow family, CoverageRow row) =>
        (family.Source, family.Units, family.Seeds) == (row.Source, row.Units, row.Seeds);

    /// <summary>The kinds of tables for which the method is meant: five seeds or more.</summary>
    private static CoverageRow[] Trusted(IReadOnlyList<CoverageRow> coverage) =>
        [.. coverage.Where(row => row.Seeds >= 5)];

    private static string Range(IReadOnlyList<CoverageRow> rows) =>
        $"{Percent(rows.Min(row => row.Coverage.Share))} to {Percent(rows.Max(row => row.Coverage.Share))} %";

    private static string TitleOf(IReadOnlyList<CoverageRow> coverage)
    {
        CoverageRow[] rows = Trusted(coverage);
        return rows.Length > 0
            ? $"From five seeds on, {Range(rows)} of the intervals at 95 % cover the true difference"
            : "Intervals at 95 %: no kind of table has five seeds";
    }

    private static IReadOnlyList<string> Row(CoverageRow row, IReadOnlyList<CoverageRow> all, FamilyRow family)
    {
        IEnumerable<string> power =
            from planted in Planted.Skip(1)
            let cell = all.First(other =>
                (other.Source, other.Units, other.Seeds, other.Planted) == (row.Source, row.Units, row.Seeds, planted)
            )
            select Cells.Number(100 * cell.Power.Share, 0);
        return
        [
            row.Source,
            row.Units.ToString(CultureInfo.InvariantCulture),
            row.Seeds.ToString(CultureInfo.InvariantCulture),
            Text(row.Coverage),
            Cells.Number(100 * row.HalfWidth, 2),
            Text(family.Error),
            .. power,
        ];
    }

    private static string Text(Proportion share) =>
        $"{Percent(share.Share)} [{Percent(share.Interval.Low)}, {Percent(share.Interval.High)}]";

    private static string Percent(double share) => Cells.Number(100 * share, 1);

    private static string ShownAt(double planted) =>
        $"shows {(100 * planted).ToString("0.#", CultureInfo.InvariantCulture)}";

    private static IEnumerable<string> Notes(
        IReadOnlyList<CoverageRow> coverage,
        IReadOnlyList<FamilyRow> families,
        IReadOnlyList<VarianceRow> variances
    )
    {
        yield return SourceNote(coverage)
            + " Brackets: 95 % of the binomial. ± points: half the interval's width, mean. Shows: tables whose "
            + "interval lies above 0 when so many points are planted.";
        yield return "Families that err: of "
            + string.Join(
                " and ",
                families
                    .GroupBy(row => row.Source)
                    .Select(source => $"{source.First().Comparisons} comparisons ({source.Key})")
            )
            + " without any difference, some simultaneous interval leaves 0 out; at most 5 % may.";
        IEnumerable<string> parts =
            from row in variances
            let deviation = Cells.Number(100 * row.SeedDeviation, 2)
            let interaction = Cells.Number(row.InteractionVariance, 4)
            select $"{row.Source} {row.Units}: {Percent(row.Accuracy)} %, σ_s {deviation} points, "
                + $"σ²_t {Cells.Number(row.SampleVariance, 4)}, σ²_st {interaction}";
        yield return $"Accuracy and components of variance without a difference: {string.Join("; ", parts)}.";
    }

    private static string SourceNote(IReadOnlyList<CoverageRow> coverage) =>
        $"Simulated: {SimulatedLayer.Samples} test samples, margins of seeds, samples and both. Real: pairs of random "
        + "projections and the whole test set, ridge probe; the tables of a cell draw on the same runs, so that their "
        + "brackets are too short, and samples do not vary on average, so that only seeds and their interaction are "
        + "put to the test. "
        + $"{coverage.Max(row => row.Tables)} tables a cell.";

    private static LinePanel CoveragePanel(IReadOnlyList<CoverageRow> coverage)
    {
        IEnumerable<Curve> curves = coverage
            .Where(row => row.Planted == 0)
            .GroupBy(row => (row.Source, row.Units))
            .Select(
                (cell, i) =>
                    new Curve(
                        $"{cell.Key.Source}, {cell.Key.Units} units",
                        SeriesStyles.At(i),
                        [.. cell.Select(row => (double)Array.IndexOf(SeedCounts, row.Seeds))],
                        [.. cell.Select(row => 100 * row.Coverage.Share)],
                        [.. cell.Select(row => 100 * row.Coverage.Interval.Low)],
                        [.. cell.Select(row => 100 * row.Coverage.Interval.High)]
                    )
            );
        return new LinePanel(
            "coverage",
            "seeds",
            "intervals that cover, in %",
            [.. curves],
            [.. SeedCounts.Select((count, i) => ((double)i, count.ToString(CultureInfo.InvariantCulture)))],
            IsCategorical: true
        );
    }

    private static LinePanel PowerPanel(IReadOnlyList<CoverageRow> coverage, int seeds)
    {
        IEnumerable<Curve> curves = coverage
            .Where(row => row.Seeds == seeds)
            .GroupBy(row => (row.Source, row.Units))
            .Select(
                (cell, i) =>
                    new Curve(
                        $"{cell.Key.Source}, {cell.Key.Units} units",
                        SeriesStyles.At(i),
                        [.. cell.Select(row => (double)Array.IndexOf(Planted, row.Planted))],
                        [.. cell.Select(row => 100 * row.Power.Share)]
                    )
            );
        return new LinePanel(
            $"what {seeds} seeds show",
            "true difference in points",
            "tables that show it, in %",
            [.. curves],
            [
                .. Planted.Select(
                    (planted, i) => ((double)i, (100 * planted).ToString("0.#", CultureInfo.InvariantCulture))
                ),
            ]
        );
    }
}
