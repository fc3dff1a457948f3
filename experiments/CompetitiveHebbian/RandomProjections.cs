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
    public override string Question => "Which rule beats random projections, at which width and under which probe?";

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
        IReadOnlyList<GateRow> decisions = results.Table<GateRow>(DecisionsName);
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
            "Marker: a probe's accuracy on the learned layer; open circle: on the same layer untrained; mean over "
            + $"{Cells.Seeds(decisions.Select(row => row.Seeds).DefaultIfEmpty().Max())}. The difference in points is "
            + "paired by seed. Green beats, black ties or is undecided, orange loses, as in the table, which has the "
            + "softmax probe too. The published probe is put on the networks as published, the ridge probe on "
            + "networks whose inputs have the data "
            + "set's own constants.";
        Panel[] panels = [.. new[] { Probes[0], Probes[^1] }.SelectMany(probe => PosterOf(probe, decisions, learning))];
        string honest = RandomProjectionFamily.InWords([
            .. decisions.Where(row =>
                row.Probe == PublishedProtocol.Ridge && learning.Any(rule => rule.Name == row.Rule)
            ),
        ]);
        Figure figure = new(
            $"Under the ridge probe, of the rules at all widths, {honest}",
            results.Provenance.DataSet,
            caption,
            Math.Max(1, panels.Length),
            panels
        );
        return panels.Length == 0
            ? [new TableArtefact(Name, table)]
            : [new TableArtefact(Name, table), new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Findings(ResultFolder results)
    {
        IReadOnlyList<GateRow> decisions = results.Table<GateRow>(DecisionsName);
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
            select $"{decision.DifferenceText} points ({decision.VerdictText}) under the {probe.Caption}";
        yield return $"{own.Name} learning with {Text(width)} units against random projections of the same width: "
            + $"{string.Join(", ", points)}.";
        string[] paper = [.. PublishedProtocol.LearningRules.Select(rule => rule.Name)];
        GateRow[] ridge = [.. decisions.Where(row => row.Probe == PublishedProtocol.Ridge && paper.Contains(row.Rule))];
        yield return "Under the ridge probe, of the paper's rules at all widths, "
            + $"{RandomProjectionFamily.InWords(ridge)}.";
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<PaperArm>> runs)
    {
        List<GateRow> decisions = [];
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
        return [ProbeTable.Assemble(Name, shown), new ResultTable<GateRow>(DecisionsName, decisions)];
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
            let named = new PaperRule(rule.Id, rule.Id)
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

    private static IEnumerable<PaperRule> GuestsOf(IReadOnlyList<GateRow> decisions) =>
        decisions
            .Select(decision => decision.Rule)
            .Distinct()
            .Where(name => PublishedProtocol.Rules.All(rule => rule.Name != name))
            .Select(name => new PaperRule(name, name));

    private static GateRow? Find(IReadOnlyList<GateRow> decisions, PaperRule rule, int width, string probe) =>
        decisions.FirstOrDefault(row => row.Rule == rule.Name && row.Width == width && row.Probe == probe);

    private static string[] CellsOf(
        ProbeTable data,
        IReadOnlyList<GateRow> decisions,
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

    /// <summary>Every rule at every width under a probe; none if nothing was decided.</summary>
    private static IEnumerable<Panel> PosterOf(
        ProbedSetup probe,
        IReadOnlyList<GateRow> decisions,
        IReadOnlyList<PaperRule> learning
    )
    {
        GateRow[] own =
        [
            .. decisions.Where(row => row.Probe == probe.Probe && learning.Any(rule => rule.Name == row.Rule)),
        ];
        return own.Length == 0
            ? []
            :
            [
                RandomProjectionFamily.Pairs(
                    probe.Caption,
                    own,
                    row => $"{row.Rule}, {Text(row.Width)} units",
                    row => learning.First(rule => rule.Name == row.Rule).Id
                ),
            ];
    }

    private static string Method(IReadOnlyList<GateRow> decisions, bool hasGuests)
    {
        string Family(ProbedSetup probe, GateRow[] rows) =>
            $"{probe.Caption}: {rows.Length} comparisons, "
            + $"{string.Join(" or ", rows.Select(row => Cells.Seeds(row.Seeds)).Distinct())}";
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
