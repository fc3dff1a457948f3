using System.Globalization;
using Reproduction.Statistics;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Whether each rule's features beat random projections, at every width and under every probe. Rules of plugins take
/// part under the probes that are right, in their own set-up, each held against the very network untrained.
/// </summary>
internal sealed class RandomProjections : CompetitiveHebbianExperiment
{
    /// <summary>The table of decisions.</summary>
    public const string DecisionsName = "random-projections-decisions";

    private const string NotMade = "diverged";

    private static readonly ProbedSetup[] Probes =
    [
        new(PublishedProtocol.Published, Setup.Published, "published probe"),
        new(PublishedProtocol.Softmax, Setup.Corrected, "softmax probe"),
        new(PublishedProtocol.Ridge, Setup.Corrected, "ridge probe"),
    ];

    /// <inheritdoc/>
    public override string Name => "random-projections";

    /// <inheritdoc/>
    public override bool IsHeadline => true;

    /// <inheritdoc/>
    public override string Summary =>
        "every rule against random projections at every width, under every probe: differences, intervals, verdicts";

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<PaperArm>> Runs(ExperimentPlan plan) =>
        [
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths),
            .. PublishedProtocol.Grid(plan, PublishedProtocol.Rules, PublishedProtocol.Widths, Setup.Corrected),
            .. Guests(plan),
        ];

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ProbeTable data = new(results.Table<ProbeRow>(Name));
        IReadOnlyList<DecisionRow> decisions = results.Table<DecisionRow>(DecisionsName);
        PaperRule[] guests = [.. GuestsOf(decisions)];
        PaperRule[] learning = [.. PublishedProtocol.LearningRules, .. guests];
        IEnumerable<IReadOnlyList<string>> rows =
            from rule in learning
            from width in PublishedProtocol.Widths
            let cells = CellsOf(data, decisions, rule, width, results.DataSetId)
            where cells.Any(cell => cell != Cells.NotRun)
            select (string[])[rule.Name, Text(width), .. cells];
        Table table = new(
            "Against random projections",
            results.Provenance.DataSet,
            ["rule", "units", .. Probes.Select(probe => probe.Caption)],
            [.. rows],
            [Method(decisions, guests.Length > 0)]
        );
        string caption =
            "Upper row: learned less random with the 95 % bootstrap interval; above 0 the rule is better. Lower row: "
            + "mean over seeds with its 95 % interval. The published probe is put on the networks as published, "
            + "the others on networks whose inputs have the data set's own constants.";
        Figure figure = new(
            "Against random projections of the same width",
            results.Provenance.DataSet,
            caption,
            3,
            [
                .. Probes.Select(probe => Differences(probe, decisions, learning)),
                .. Probes.Select(probe => Accuracies(probe, data, learning, results.DataSetId)),
            ]
        );
        return [new TableArtefact(Name, table), new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Findings(ResultFolder results)
    {
        IReadOnlyList<DecisionRow> decisions = results.Table<DecisionRow>(DecisionsName);
        PaperRule own = PublishedProtocol.Competitive;
        int width = decisions.Where(row => row.Rule == own.Name).Select(row => row.Width).DefaultIfEmpty().Max();
        if (width == 0)
        {
            yield break;
        }

        IEnumerable<string> points =
            from probe in Probes
            let decision = Find(decisions, own, width, probe.Probe)
            where decision is not null
            select $"{decision.DifferenceText} points under the {probe.Caption}";
        yield return $"{own.Name} learning with {Text(width)} units, less random projections of the same width: "
            + $"{string.Join(", ", points)}.";
        string[] paper = [.. PublishedProtocol.LearningRules.Select(rule => rule.Name)];
        DecisionRow[] ridge =
        [
            .. decisions.Where(row => row.Probe == PublishedProtocol.Ridge && paper.Contains(row.Rule)),
        ];
        yield return $"Ridge probe, every rule of the paper at every width: {RandomProjectionFamily.Counts(ridge)}.";
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs)
    {
        List<DecisionRow> decisions = [];
        foreach (ProbedSetup probe in Probes)
        {
            MeasuredRun<PaperArm>[] own =
            [
                .. runs.Where(run => run.Arm.Condition == PublishedProtocol.ConditionOf(probe.Setup, run.Spec.DataSet)),
            ];

            // A family of their own: guests must not make the paper's own verdicts harder to reach.
            decisions.AddRange(RandomProjectionFamily.Decide(Contests(own, RunRole.Final), probe.Probe));
            decisions.AddRange(RandomProjectionFamily.Decide(Contests(own, RunRole.Guest), probe.Probe));
        }

        // The untrained networks of guests stand in the decisions alone.
        IEnumerable<MeasuredRun<PaperArm>> shown = runs.Where(run =>
            run.Role != RunRole.Baseline || run.Arm.Rule == PublishedProtocol.Random
        );
        return [ProbeTable.Assemble(Name, shown), new ResultTable<DecisionRow>(DecisionsName, decisions)];
    }

    /// <summary>Each run of a role with the untrained network of the same width and seed.</summary>
    private static IEnumerable<Contest> Contests(IReadOnlyList<MeasuredRun<PaperArm>> runs, RunRole role)
    {
        Dictionary<(PaperRule Rule, int Width, long Seed), MeasuredRun<PaperArm>> untrained = runs.Where(run =>
                run.Role == RunRole.Baseline
            )
            .ToDictionary(run => (run.Arm.Rule, run.Arm.Width, run.Seed));
        foreach (MeasuredRun<PaperArm> run in runs.Where(run => run.Role == role))
        {
            PaperRule baseline = role == RunRole.Guest ? Untrained(run.Arm.Rule) : PublishedProtocol.Random;
            if (untrained.TryGetValue((baseline, run.Arm.Width, run.Seed), out MeasuredRun<PaperArm>? random))
            {
                yield return new Contest(run.Arm.Rule.Name, run.Arm.Width, run.Record, random.Record);
            }
        }
    }

    /// <summary>Rules of plugins at the widths of the paper, each beside the same network untrained.</summary>
    private static IEnumerable<PlannedRun<PaperArm>> Guests(ExperimentPlan plan)
    {
        IEnumerable<(PaperRule Rule, int Width, PlannedRun<PaperArm> Run)> guests =
            from rule in plan.Plugged
            where rule.Attribute.Family != RandomProjectionFamily.Baseline
            from width in plan.Affordable(PublishedProtocol.Widths, PublishedProtocol.QuickLimit)
            from seed in plan.Seeds
            let named = new PaperRule(rule.Id, rule.Id, 0)
            let arm = PublishedProtocol.Arm(named, Setup.Corrected, width, plan.DataSet)
            let spec = rule.Spec(plan.DataSet, [width], seed, GuestProbes(width))
            select (named, width, new PlannedRun<PaperArm>(arm, RunRole.Guest, spec));
        foreach ((PaperRule rule, int width, PlannedRun<PaperArm> run) in guests)
        {
            yield return run;
            PaperArm untrained = PublishedProtocol.Arm(Untrained(rule), Setup.Corrected, width, plan.DataSet);
            yield return new(untrained, RunRole.Baseline, RandomProjectionFamily.Untrained(plan.Rules, run.Spec));
        }
    }

    private static PaperRule Untrained(PaperRule guest) => guest with { Name = $"{guest.Name}, untrained" };

    private static string[] GuestProbes(int width) =>
        width <= PublishedProtocol.QuickLimit
            ? [PublishedProtocol.Softmax, PublishedProtocol.Ridge]
            : [PublishedProtocol.Ridge];

    private static IEnumerable<PaperRule> GuestsOf(IReadOnlyList<DecisionRow> decisions) =>
        decisions
            .Select(decision => decision.Rule)
            .Distinct()
            .Where(name => PublishedProtocol.Rules.All(rule => rule.Name != name))
            .Select((name, i) => new PaperRule(name, name, PublishedProtocol.Rules.Count + i));

    private static DecisionRow? Find(IReadOnlyList<DecisionRow> decisions, PaperRule rule, int width, string probe) =>
        decisions.FirstOrDefault(row => row.Rule == rule.Name && row.Width == width && row.Probe == probe);

    private static string[] CellsOf(
        ProbeTable data,
        IReadOnlyList<DecisionRow> decisions,
        PaperRule rule,
        int width,
        string dataSet
    )
    {
        string Cell(ProbedSetup probe)
        {
            string condition = PublishedProtocol.ConditionOf(probe.Setup, dataSet);
            bool wasRun = data.Accuracies(rule.Name, condition, width, probe.Probe).Count > 0;
            return Find(decisions, rule, width, probe.Probe)?.Text ?? (wasRun ? NotMade : Cells.NotRun);
        }

        return [.. Probes.Select(Cell)];
    }

    private static LinePanel Differences(
        ProbedSetup probe,
        IReadOnlyList<DecisionRow> decisions,
        IReadOnlyList<PaperRule> learning
    )
    {
        IEnumerable<Curve> curves =
            from rule in learning
            let points = PublishedProtocol
                .Widths.Select(width => Find(decisions, rule, width, probe.Probe))
                .OfType<DecisionRow>()
                .ToArray()
            where points.Length > 0
            select new Curve(
                rule.Name,
                rule.Colour,
                [.. points.Select(point => Math.Log2(point.Width))],
                [.. points.Select(point => 100 * point.Difference)],
                [.. points.Select(point => 100 * point.Low)],
                [.. points.Select(point => 100 * point.High)]
            );
        return new LinePanel(
            $"{probe.Caption}: learned − random",
            "hidden units",
            "difference in points",
            [.. curves],
            WidthTicks(PublishedProtocol.Widths)
        );
    }

    private static LinePanel Accuracies(
        ProbedSetup probe,
        ProbeTable data,
        IReadOnlyList<PaperRule> learning,
        string dataSet
    )
    {
        string condition = PublishedProtocol.ConditionOf(probe.Setup, dataSet);
        (double At, double[] Values)[] Points(PaperRule rule) =>
            [
                .. from width in PublishedProtocol.Widths
                let values = data.Accuracies(rule.Name, condition, width, probe.Probe).OfType<double>().ToArray()
                where values.Length > 0
                select (Math.Log2(width), values),
            ];
        IEnumerable<Curve> curves =
            from rule in learning.Prepend(PublishedProtocol.Random)
            let points = Points(rule)
            where points.Length > 0
            select MeanCurve.Of(rule.Name, rule.Colour, points);
        return new LinePanel(
            $"{probe.Caption}: accuracy",
            "hidden units",
            "test accuracy in %",
            [.. curves],
            WidthTicks(PublishedProtocol.Widths)
        );
    }

    private static string Method(IReadOnlyList<DecisionRow> decisions, bool hasGuests)
    {
        string Family(ProbedSetup probe, DecisionRow[] rows) =>
            $"{probe.Caption}: {rows.Length} comparisons, "
            + $"{string.Join(" or ", rows.Select(row => Text(row.Seeds)).Distinct())} seed(s)";
        IEnumerable<string> families =
            from probe in Probes
            let rows = decisions.Where(row => row.Probe == probe.Probe).ToArray()
            where rows.Length > 0
            select Family(probe, rows);
        string resamples = RandomProjectionGate.Resamples.ToString(CultureInfo.InvariantCulture);
        return "Learned less random projections, in points, paired by seed; in brackets the 95 % bootstrap interval "
            + $"over seeds and test samples ({resamples} resamples). Verdict: sign-flip test over seeds, Holm over "
            + $"the comparisons of a probe, level 5 % ({string.Join("; ", families)}). "
            + (hasGuests ? "Rules of plugins are a family of their own. " : "")
            + "The interval is of one difference alone, so it and the verdict may disagree where a difference is "
            + "small. Provisional: fewer seeds than that family needs.";
    }

    /// <summary>A probe and the networks that it is put on.</summary>
    private sealed record ProbedSetup(string Probe, Setup Setup, string Caption);
}
