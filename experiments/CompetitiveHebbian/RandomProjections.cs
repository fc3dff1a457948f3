using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Whether each rule's features beat random projections, at every width and under every probe. Rules of plugins take
/// part under the probes that are right, in their own set-up, each held against
/// the very network untrained.
/// </summary>
public sealed class RandomProjections : CompetitiveHebbianExperiment
{
    private const string DecisionsName = "random-projections-decisions";
    private static readonly (string Probe, Arm Arm, string Caption)[] Probes =
    [
        (PublishedProtocol.Published, Arm.Published, "published probe"),
        (PublishedProtocol.Softmax, Arm.Corrected, "softmax probe"),
        (PublishedProtocol.Ridge, Arm.Corrected, "ridge probe"),
    ];

    /// <inheritdoc/>
    public override string Name => "random-projections";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary =>
        "every rule against random projections at every width, under every probe: differences, intervals, verdicts";

    /// <inheritdoc/>
    public override IEnumerable<RunSpec> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths),
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, Arm.Corrected),
            .. Guests(plan).SelectMany(spec => new[] { spec, RandomProjectionFamily.Untrained(plan.Rules, spec) }),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<ResultTable> Assemble(IReadOnlyList<RunRecord> records)
    {
        ResultTable decisions = new(DecisionsName, RandomProjectionFamily.Columns);
        foreach ((string probe, Arm arm, _) in Probes)
        {
            RunRecord[] own =
            [
                .. records.Where(record =>
                    ProbeTable.ArmOf(record) == ProbeTable.ConditionOf(arm, record.Spec.DataSet)
                ),
            ];

            // A family of their own: guests must not make the paper's own verdicts harder to reach.
            foreach (bool isGuest in new[] { false, true })
            {
                IReadOnlyList<(string Rule, int Width, ComparisonResult Result)> family = RandomProjectionFamily.Decide(
                    [.. own.Where(record => IsGuest(record) == isGuest)],
                    probe,
                    ProbeTable.RuleName
                );
                foreach ((string rule, int width, ComparisonResult result) in family)
                {
                    decisions.Add(RandomProjectionFamily.Row(rule, width, probe, result, family.Count));
                }
            }
        }

        return
        [
            ProbeTable.Assemble(
                Name,
                [.. records.Where(record => !IsGuest(record) || record.Spec.Rule != RandomProjectionFamily.Random)],
                ProbeTable.ArmOf
            ),
            decisions,
        ];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table(Name));
        ResultTable decisions = results.Table(DecisionsName);
        string[]? Decision(PaperRule rule, int width, string probe) =>
            decisions.Rows.FirstOrDefault(row =>
                decisions.Text(row, "rule") == rule.Name
                && decisions.Number(row, "width") == width
                && decisions.Text(row, "probe") == probe
            );
        PaperRule[] guests =
        [
            .. decisions
                .Rows.Select(row => decisions.Text(row, "rule"))
                .Distinct()
                .Where(name => PublishedProtocol.Rules.All(rule => rule.Name != name))
                .Select((name, i) => new PaperRule(name, name, PublishedProtocol.Rules.Count + i)),
        ];
        PaperRule[] learning = [.. PublishedProtocol.LearningRules, .. guests];
        List<IReadOnlyList<string>> rows = [];
        foreach (PaperRule rule in learning)
        {
            foreach (int width in PublishedProtocol.Widths)
            {
                string[] cells =
                [
                    .. Probes.Select(probe =>
                        Decision(rule, width, probe.Probe) is { } row ? RandomProjectionFamily.Text(decisions, row)
                        : data.Values(
                            rule.Name,
                            ProbeTable.ConditionOf(probe.Arm, results.DataSetId),
                            width,
                            probe.Probe,
                            "testAccuracy"
                        ).Count > 0
                            ? "diverged"
                        : Cells.NotRun
                    ),
                ];
                if (cells.Any(cell => cell != Cells.NotRun))
                {
                    rows.Add([rule.Name, width.ToString(CultureInfo.InvariantCulture), .. cells]);
                }
            }
        }

        List<Panel> panels = [];
        foreach ((string probe, _, string caption) in Probes)
        {
            panels.Add(
                new LinePanel(
                    $"{caption}: learned − random",
                    "hidden units",
                    "difference in points",
                    [
                        .. from rule in learning
                        let points = PublishedProtocol
                            .Widths.Select(width => (width, Row: Decision(rule, width, probe)))
                            .Where(point => point.Row is not null)
                            .ToArray()
                        where points.Length > 0
                        select new Curve(
                            rule.Name,
                            rule.Colour,
                            [.. points.Select(point => Math.Log2(point.width))],
                            Percent(points, "difference"),
                            Percent(points, "low"),
                            Percent(points, "high")
                        ),
                    ],
                    WidthTicks(PublishedProtocol.Widths)
                )
            );
        }

        foreach ((string probe, Arm arm, string caption) in Probes)
        {
            panels.Add(
                new LinePanel(
                    $"{caption}: accuracy",
                    "hidden units",
                    "test accuracy in %",
                    [
                        .. from rule in learning.Prepend(PublishedProtocol.Random)
                        let points = (
                            from width in PublishedProtocol.Widths
                            let values = data.Accuracies(
                                    rule.Name,
                                    ProbeTable.ConditionOf(arm, results.DataSetId),
                                    width,
                                    probe
                                )
                                .OfType<double>()
                                .ToArray()
                            where values.Length > 0
                            select (At: Math.Log2(width), values.Length, Interval: SeedInterval.Of(values))
                        ).ToArray()
                        where points.Length > 0
                        let hasBand = points.All(point => point.Length > 1)
                        select new Curve(
                            rule.Name,
                            rule.Colour,
                            [.. points.Select(point => point.At)],
                            [.. points.Select(point => point.Interval.Mean)],
                            hasBand
                                ? [.. points.Select(point => point.Interval.Mean - point.Interval.HalfWidth)]
                                : null,
                            hasBand ? [.. points.Select(point => point.Interval.Mean + point.Interval.HalfWidth)] : null
                        ),
                    ],
                    WidthTicks(PublishedProtocol.Widths)
                )
            );
        }

        string families = string.Join(
            "; ",
            Probes
                .Select(probe =>
                    (
                        probe.Caption,
                        Rows: decisions.Rows.Where(row => decisions.Text(row, "probe") == probe.Probe).ToArray()
                    )
                )
                .Where(probe => probe.Rows.Length > 0)
                .Select(probe =>
                    $"{probe.Caption}: {probe.Rows.Length} comparisons, "
                    + $"{string.Join(" or ", probe.Rows.Select(row => decisions.Text(row, "seeds")).Distinct())} "
                    + "seed(s)"
                )
        );
        string method = string.Create(
            CultureInfo.InvariantCulture,
            $"Learned less random in points, paired by seed; in brackets the 95 % bootstrap interval over "
                + $"seeds and test samples ({RandomProjectionGate.Resamples} resamples). Verdict: sign-flip "
                + $"test over seeds, Holm over the comparisons of a probe, level 5 % ({families}). "
                + $"{(guests.Length > 0 ? "Rules of plugins are a family of their own. " : "")}The interval is "
                + $"of one difference alone, so it and the verdict may disagree where a difference is small. "
                + $"Provisional: fewer seeds than that family needs."
        );
        return
        [
            new TableArtefact(
                Name,
                new Table(
                    "Against random projections",
                    results.Provenance.DataSet,
                    ["rule", "units", .. Probes.Select(probe => probe.Caption)],
                    rows,
                    [method]
                )
            ),
            new FigureArtefact(
                Name,
                new Figure(
                    "Against random projections of the same width",
                    results.Provenance.DataSet,
                    "Upper row: learned less random with the 95 % bootstrap interval; above 0 the rule "
                        + "is better. Lower row: mean over seeds with its 95 % interval. The published probe "
                        + "is put on the networks as published, the others on networks whose inputs have the "
                        + "data set's own constants.",
                    3,
                    panels
                )
            ),
        ];

        double[] Percent((int Width, string[]? Row)[] points, string column) =>
            [.. points.Select(point => 100 * decisions.Number(point.Row!, column)!.Value)];
    }

    /// <summary>Rules of plugins at the widths of the paper.</summary>
    private static IEnumerable<RunSpec> Guests(ExperimentPlan plan) =>
        from rule in plan.Plugged
        where rule.Attribute.Family != RandomProjectionFamily.Baseline
        from width in plan.Affordable(PublishedProtocol.Widths, PublishedProtocol.QuickLimit)
        from seed in plan.Seeds
        select rule.Spec(
            plan.DataSet,
            [width],
            seed,
            width <= PublishedProtocol.QuickLimit
                ? [PublishedProtocol.Softmax, PublishedProtocol.Ridge]
                : [PublishedProtocol.Ridge]
        );

    /// <summary>Whether a run is a guest's or its partner's: the paper's networks have dropout.</summary>
    private static bool IsGuest(RunRecord record) => record.Spec.Dropout == 0;
}
