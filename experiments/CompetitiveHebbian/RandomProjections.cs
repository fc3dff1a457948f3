using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>
/// Whether each rule's features are better than random projections, at every width and under every probe. Rules of
/// plugins take part under the probes that are right, in their own set-up, each held against the very network
/// untrained.
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
    public override string Question =>
        "Which rule is better than random projections, at which width and under which probe?";

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
            [Method(decisions, guests.Length > 0), Cells.Edges(data.Rows.Select(row => row.PenaltyAtEdge))]
        );
        string caption =
            "Marker: a probe's accuracy on the learned layer; open circle: on the same layer untrained; mean over "
            + $"{Cells.Seeds(decisions.Select(row => row.Seeds).DefaultIfEmpty().Max())}. The difference in points is "
            + "paired by seed. Green is better, orange worse, grey equivalent, black inconclusive, as in the table, "
            + "which has the softmax probe too. The published probe is put on the networks as published, the "
            + "ridge probe on "
            + "networks whose inputs have the data "
            + "set's own constants.";
        Panel[] panels = [.. new[] { Probes[0], Probes[^1] }.SelectMany(probe => PosterOf(probe, decisions, learning))];
        string honest = Decisions.InWords([
            .. decisions.Where(row =>
                row.Probe == PublishedProtocol.Ridge && learning.Any(rule => rule.Name == row.Arm)
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
        IReadOnlyList<DecisionRow> decisions = results.Table<DecisionRow>(DecisionsName);
        PaperRule own = PublishedProtocol.Competitive;
        int width = decisions.Where(row => row.Arm == own.Name).Select(row => row.Units).DefaultIfEmpty().Max();
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
        DecisionRow[] ridge =
        [
            .. decisions.Where(row => row.Probe == PublishedProtocol.Ridge && paper.Contains(row.Arm)),
        ];
        yield return $"Under the ridge probe, of the paper's rules at all widths, {Decisions.InWords(ridge)}.";
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
            decisions.AddRange(Decide(own, RunRole.Final, probe.Probe));
            decisions.AddRange(Decide(own, RunRole.Guest, probe.Probe));
        }

        // The untrained networks of guests stand in the decisions alone.
        IEnumerable<MeasuredRun<PaperArm>> shown = runs.Where(run =>
            run.Role != RunRole.Baseline || run.Arm.Rule == PublishedProtocol.Random
        );
        return
        [
            ProbeTable.Assemble(Name, shown),
            new ResultTable<DecisionRow>(DecisionsName, decisions),
            ProbeTable.Correct(Name, runs, Probes.Select(probe => probe.Probe)),
        ];
    }

    /// <summary>Decides every rule of a role at every width under a probe, as one question.</summary>
    private static IReadOnlyList<DecisionRow> Decide(
        IReadOnlyList<MeasuredRun<PaperArm>> runs,
        RunRole role,
        string probe
    )
    {
        IEnumerable<Contest> contests = Contests(runs, role);
        return Decisions.Decide([.. contests.Where(contest => contest.Learned.Spec.Probes.Contains(probe))], probe);
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
            let spec = rule.Spec(plan.DataSet, [width], seed, GuestProbes(width)) with
            {
                Limit = plan.SampleLimit,
            }
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
            .Select(decision => decision.Arm)
            .Distinct()
            .Where(name => PublishedProtocol.Rules.All(rule => rule.Name != name))
            .Select(name => new PaperRule(name, name));

    private static DecisionRow? Find(IReadOnlyList<DecisionRow> decisions, PaperRule rule, int width, string probe) =>
        decisions.FirstOrDefault(row => row.Arm == rule.Name && row.Units == width && row.Probe == probe);

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

    /// <summary>Every rule at every width under a probe; none if nothing was decided.</summary>
    private static IEnumerable<Panel> PosterOf(
        ProbedSetup probe,
        IReadOnlyList<DecisionRow> decisions,
        IReadOnlyList<PaperRule> learning
    )
    {
        DecisionRow[] own =
        [
            .. decisions.Where(row => row.Probe == probe.Probe && learning.Any(rule => rule.Name == row.Arm)),
        ];
        return own.Length == 0
            ? []
            : [Decisions.Pairs(probe.Caption, own, row => $"{row.Arm}, {Text(row.Units)} units")];
    }

    private static string Method(IReadOnlyList<DecisionRow> decisions, bool hasGuests)
    {
        string[] families =
        [
            .. from probe in Probes
            let rows = decisions.Where(row => row.Probe == probe.Probe).ToArray()
            where rows.Length > 0
            let seeds = string.Join(" or ", rows.Select(row => Cells.Seeds(row.Seeds)).Distinct())
            select $"{probe.Caption}: {seeds}",
        ];
        string terms = decisions.Count > 0 ? $" {Decisions.TermsInWords(decisions)}" : "";
        return $"Learned less random projections, in points, with its interval ({string.Join("; ", families)}).{terms} "
            + $"Every probe is a question of its own{(hasGuests ? ", and so are plugins' rules" : "")}.";
    }

    /// <summary>A probe and the networks that it is put on.</summary>
    private sealed record ProbedSetup(string Probe, Setup Setup, string Caption);
}
