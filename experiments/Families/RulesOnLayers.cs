using Reproduction.Data;
using Reproduction.Statistics;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.Families;

/// <summary>
/// Every rule at hand, the suite's own, the gallery's and plugins', on the same hidden layers, after the same search
/// and the same passes: what a probe reads from each layer, beside what it reads from the same layer untrained.
/// </summary>
/// <param name="layers">The number of hidden layers, 1 or 2.</param>
internal abstract class RulesOnLayers(int layers) : Experiment<string>
{
    private const string Yardstick = "backprop";

    private readonly LearningRuns learning = new(layers);

    /// <inheritdoc/>
    public override string Paper => "is-it-learning";

    /// <inheritdoc/>
    public override string PaperTitle => "Is it learning?";

    private string SearchName => $"{Name}-search";

    private string DecisionsName => $"{Name}-decisions";

    private string Network => layers == 1 ? "one hidden layer" : "two hidden layers";

    /// <summary>Images of grey levels.</summary>
    public override string? DataSetFor(string chosen) =>
        chosen == CifarDataSet.Cifar10.Id ? null : base.DataSetFor(chosen);

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Search(ExperimentPlan plan) =>
        LearningRuns.Rules(plan).SelectMany(rule => learning.Search(plan, rule));

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun<string>> Runs(ExperimentPlan plan)
    {
        PlannedRun<string>[] learned = [.. LearningRuns.Rules(plan).SelectMany(rule => learning.Final(plan, rule))];
        IEnumerable<PlannedRun<string>> untrained = learned.Select(run => LearningRuns.Untrained(plan, run));
        return [.. learned, .. untrained.DistinctBy(run => run.Spec.RunId())];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Artefact> Draw(ResultFolder results)
    {
        ArmRuns<LearningRow> data = new(results.Table<LearningRow>(Name), row => row.Run);
        IReadOnlyList<DecisionRow> decisions = results.Table<DecisionRow>(DecisionsName);
        IReadOnlyList<TrialRow> trials = results.Table<TrialRow>(SearchName);
        string[] probed = [.. decisions.Select(row => row.Layer).Distinct()];
        string[] arms = [.. decisions.Select(row => row.Arm).Distinct()];
        Table table = new(
            $"Is it learning? Every rule on {Network}",
            results.Provenance.DataSet,
            [
                "rule",
                "activation",
                "passes × batch",
                "learning rate",
                "its own test accuracy in %",
                .. probed.SelectMany(layer =>
                    (string[])[$"{layer}: probe in %", "untrained", "difference [95 % interval] in points"]
                ),
            ],
            [.. arms.Select(arm => Row(data, decisions, arm, probed))],
            [.. Notes(data, decisions, trials)]
        );
        Figure figure = new(
            TitleOf(decisions),
            results.Provenance.DataSet,
            $"Ridge probe on a layer (marker) and on the same layer untrained (open circle): mean over "
                + $"{Cells.Seeds(decisions.Max(row => row.Seeds))}. {Decisions.TermsInWords(decisions)} All "
                + (
                    AtTheirOwnRate(decisions, trials).Length > 0
                        ? "rules had the same passes and batches."
                        : "rules had the same number of trials for their learning rate, on validation samples, and the "
                            + "same passes and batches."
                ),
            probed.Length,
            [
                .. probed.Select(layer =>
                    Decisions.Pairs(InWords(layer), decisions.Where(row => row.Layer == layer), row => row.Arm)
                ),
            ]
        );
        return [new TableArtefact(Name, table), new FigureArtefact(Name, figure)];
    }

    /// <inheritdoc/>
    public override IEnumerable<string> Findings(ResultFolder results)
    {
        IReadOnlyList<DecisionRow> decisions = results.Table<DecisionRow>(DecisionsName);
        foreach (IGrouping<string, DecisionRow> layer in decisions.GroupBy(row => row.Layer))
        {
            DecisionRow[] others = [.. layer.Where(row => row.Arm != Yardstick && row.Difference is not null)];
            if (others.Length == 0)
            {
                continue;
            }

            DecisionRow most = others.MaxBy(row => row.Difference)!,
                least = others.MinBy(row => row.Difference)!;
            string beside = layer.FirstOrDefault(row => row.Arm == Yardstick) is { Difference: not null } yardstick
                ? $"; backpropagation {Points(yardstick)}"
                : "";
            yield return $"In {InWords(layer.Key)}{(layers == 2 ? " of two" : "")}, of the rules without "
                + $"backpropagation, {Decisions.InWords(others)}: {Points(most)} points with {most.Arm} to "
                + $"{Points(least)} with {least.Arm}{beside}.";
        }
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<IResultTable> Tables(IReadOnlyList<MeasuredRun<string>> runs)
    {
        MeasuredRun<string>[] final = [.. runs.Where(run => run.Role != RunRole.Search)];

        // Networks that differ in their output layer alone have the same features.
        Dictionary<(string Arm, long Seed), RunRecord> untrained = final
            .Where(run => run.Role == RunRole.Baseline)
            .DistinctBy(run => (run.Arm, run.Seed))
            .ToDictionary(run => (run.Arm, run.Seed), run => run.Record);
        RunRecord? PartnerOf(MeasuredRun<string> run) =>
            run.Role == RunRole.Baseline
                ? null
                : untrained.GetValueOrDefault((LearningRuns.InferringArm(run.Spec), run.Seed))
                    ?? untrained.GetValueOrDefault((LearningRuns.UntrainedArm(run.Spec), run.Seed));

        // Rules of plugins are a question of their own: they must not make the suite's own verdicts harder to reach.
        IEnumerable<DecisionRow> Decided(RunRole role)
        {
            IEnumerable<Contest> contests =
                from run in final
                where run.Role == role
                let partner = PartnerOf(run)
                where partner is not null
                select new Contest(run.Arm, run.Spec.Hidden[^1], run.Record, partner);
            return Decisions.Decide([.. contests], probe: null);
        }

        return
        [
            new ResultTable<LearningRow>(
                Name,
                [.. final.SelectMany(run => LearningRow.Of(run.Arm, run, PartnerOf(run)?.RunId))]
            ),
            new ResultTable<TrialRow>(
                SearchName,
                [
                    .. from run in runs
                    where run.Role == RunRole.Search
                    select TrialRow.Of(run.Arm, run.Record, LearningRuns.Probe),
                ]
            ),
            new ResultTable<DecisionRow>(DecisionsName, [.. Decided(RunRole.Final), .. Decided(RunRole.Guest)]),
            new ResultTable<CorrectRow>(
                CorrectRow.NameOf(Name),
                CorrectRow.Of(
                    final.Select(run => run.Record),
                    final.SelectMany(run => run.Spec.ProbeNames()).Distinct()
                )
            ),
        ];
    }

    /// <summary>The arms without a search.</summary>
    private static string[] AtTheirOwnRate(IReadOnlyList<DecisionRow> decisions, IReadOnlyList<TrialRow> trials) =>
        [.. decisions.Select(row => row.Arm).Distinct().Except(trials.Select(row => row.Run.Arm))];

    private static string Points(DecisionRow row) => Cells.Signed(100 * row.Difference!.Value, 2);

    private string InWords(string layer) =>
        layers == 1 ? "the hidden layer"
        : layer == "hidden1" ? "the first layer"
        : "the second layer";

    private string TitleOf(IReadOnlyList<DecisionRow> decisions)
    {
        if (decisions.All(row => row.Seeds < 2))
        {
            return "One seed decides nothing: what a probe reads from every rule's layers, beside the same untrained";
        }

        IEnumerable<string> layers =
            from layer in decisions.Where(row => row.Arm != Yardstick).GroupBy(row => row.Layer)
            let better = layer.Count(row => row.Verdict == Verdict.Better)
            select $"{better} of {layer.Count()} in {InWords(layer.Key)}";
        return $"Rules without backpropagation better than random projections: {string.Join(", ", layers)}";
    }

    private IEnumerable<string> Notes(
        ArmRuns<LearningRow> data,
        IReadOnlyList<DecisionRow> decisions,
        IReadOnlyList<TrialRow> trials
    )
    {
        int rates = trials.GroupBy(row => row.Run.Arm).Max(arm => arm.DistinctBy(row => row.Run.LearningRate).Count());
        yield return $"{char.ToUpperInvariant(Network[0])}{Network[1..]} of {LearningRuns.Units} units. A rule that "
            + "learns from one error trains ten networks with a tenth of the units each, whose layers are probed side "
            + $"by side, so that every probe reads about as many features. Mean over {Cells.Seeds(data.Seeds)} with "
            + "its 95 % interval.";
        yield return $"A rule's learning rate is the best of {rates} multiples of its own, by the "
            + "probe on the last layer, on validation samples and seeds that no final run has, after the same passes "
            + "over the same training samples. Optimizer, activation and initial weights are the rule's own; each is "
            + "held against the very network before training, for which nothing was searched. Unsupervised rules have "
            + "no accuracy of their own.";
        if (AtTheirOwnRate(decisions, trials) is { Length: > 0 } own)
        {
            yield return $"At their own learning rate, without a search: {string.Join(", ", own)}.";
        }

        if (TrialRow.Edges(trials, data.Arms.Select(data.First).Select(OfRate)) is { } edges)
        {
            yield return edges;
        }

        yield return Decisions.TermsInWords(decisions) + " Plugins' rules are a question of their own.";
        yield return Cells.Edges(data.Arms.SelectMany(data.Of).Select(row => row.PenaltyAtEdge));
    }

    private static (string Arm, string Hidden, double Rate) OfRate(RunRow? run) =>
        (run!.Arm, run.Hidden, run.LearningRate);

    private static IReadOnlyList<string> Row(
        ArmRuns<LearningRow> data,
        IReadOnlyList<DecisionRow> decisions,
        string arm,
        IReadOnlyList<string> layers
    )
    {
        RunRow first = data.First(arm)!;
        bool hasOwn = data.HasDiverged(arm) || data.Of(arm).Any(row => row.TestAccuracy is not null);
        IEnumerable<string> cells = layers.SelectMany(layer =>
        {
            DecisionRow decision = decisions.First(row => row.Arm == arm && row.Layer == layer);
            return (string[])[Percent(decision.RuleAccuracy), Percent(decision.RandomAccuracy), decision.Text];
        });
        return
        [
            arm,
            first.Activation,
            $"{first.Epochs} × {first.Batch}",
            RunJson.Number(first.LearningRate),
            hasOwn ? Cells.Mean(Own(data, arm, layers[0]), 2) : Cells.NotRun,
            .. cells,
        ];
    }

    private static IReadOnlyList<double?> Own(ArmRuns<LearningRow> data, string arm, string layer) =>
        [.. data.Of(arm).Where(row => row.Layer == layer).Select(row => 100 * row.TestAccuracy)];

    private static string Percent(double? share) => share is { } value ? Cells.Number(100 * value, 2) : Cells.NotRun;
}
