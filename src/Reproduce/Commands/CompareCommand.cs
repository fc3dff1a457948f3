using System.CommandLine;
using System.Text.Json.Nodes;
using Reproduction.CommandLine.Display;
using Reproduction.CommandLine.Drawing;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Statistics;
using Reproduction.Studies;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Running;
using Reproduction.Studies.Shards;

namespace Reproduction.CommandLine.Commands;

/// <summary>
/// The command <c>compare</c> compares rules with random projections in a table whose intervals hold together. The
/// command <c>check</c> does the same as a gate, which holds if every named rule is better than random projections
/// everywhere.
/// </summary>
internal sealed class CompareCommand
{
    private readonly CommonOptions common;
    private readonly CompareOptions asked = new();
    private readonly bool isGate;
    private readonly Option<bool> json = new("--json") { Description = "print one JSON object" };

    private CompareCommand(CommonOptions common, bool isGate)
    {
        this.common = common;
        this.isGate = isGate;
    }

    private string Name => isGate ? "check" : SavedComparison.Command;

    public static IEnumerable<Command> Create(CommonOptions common) =>
        [
            new CompareCommand(common, isGate: false).Create(
                "compare rules with random projections on the same network"
            ),
            new CompareCommand(common, isGate: true).Create(
                "exit 0 if every rule is better than random projections everywhere, 3 if one is not"
            ),
        ];

    private Command Create(string description)
    {
        Command command = new(Name, description) { common.Plugins, common.DataSet };
        foreach (
            Option option in asked.All.Concat([
                common.ImageSize,
                common.ImageBackground,
                common.Seed,
                common.Threads,
                common.Memory,
                common.Results,
                common.Figures,
                common.Data,
                common.Offline,
                common.DryRun,
                common.Quiet,
                json,
            ])
        )
        {
            command.Add(option);
        }

        command.SetAction(
            (arguments, cancellation) => Task.Run(() => Execute(arguments, cancellation), CancellationToken.None)
        );
        return command;
    }

    private int Execute(ParseResult arguments, CancellationToken cancellation)
    {
        bool isJson = arguments.GetValue(json);
        TextWriter output = isJson ? CommonOptions.ReserveOutput() : Console.Out;
        IDisplay display = CommonOptions.Display(arguments.GetValue(common.Quiet), toError: isJson);
        RuleCatalog catalog = common.Rules(arguments);
        IReadOnlyList<(int Seeds, double Level)> looks = asked.LookList(arguments);
        IReadOnlyList<long> seeds = CommonOptions.SeedList(looks[^1].Seeds, arguments.GetValue(common.Seed));
        string named = CommonOptions.RequireClasses(arguments.GetValue(common.DataSet)!, catalog);
        string? pictures = named == ImageFolder.Id ? common.PictureOptions(arguments).ToString() : null;
        Question question = asked.Question(arguments, catalog, named, isGate, seeds[0], pictures, display);
        QuestionRuns planned = new(question, catalog, trainingSamples: 12_000);
        RunSpec[] trials = [.. planned.Search(seeds[0]).Select(trial => trial.Spec)],
            runs = SpecsOf(planned.Pairs(new Dictionary<string, RunRecord>(), seeds));
        foreach (RunSpec spec in trials.Concat(runs))
        {
            spec.Validate(catalog);
        }

        int threads = common.UseResources(arguments);
        if (arguments.GetValue(common.DryRun))
        {
            string most = looks.Count > 1 ? "at most " : "";
            display.Line(
                $"dry run: {most}{trials.Concat(runs).DistinctBy(spec => spec.RunId()).Count()} run(s) on {named}"
            );
            return 0;
        }

        ResultLayout layout = common.Layout(arguments);
        AtomicFile.RequireWritable(layout.Results);
        if (!isGate)
        {
            AtomicFile.RequireWritable(layout.Figures);
        }

        DataSet data = common.OpenDataSet(arguments, display);
        question = question with { DataSet = data.Id };
        string[] unrepeatable = [.. Unrepeatable(question, catalog, data, cancellation)];
        foreach (string rule in unrepeatable)
        {
            display.Line(
                $"warning: rule {rule} gives other numbers when the same seed is run again, so nobody can check its "
                    + "results; let it draw from step.Random alone"
            );
        }

        display.Line(Foresight.Line(question, data.Test.Examples.Count));
        QuestionRuns plan = new(question, catalog, data.Training.Examples.Count);
        (string Arm, RunSpec Spec)[] search = [.. plan.Search(seeds[0])];

        // A trial that breaks down costs its rate, and not the answer.
        IReadOnlyDictionary<string, RunRecord> searched =
            search.Length > 0
                ? new RunSweep(layout, catalog, display, threads, Shard.All).Run(
                    [.. search.Select(trial => trial.Spec)],
                    data,
                    isSearch: true,
                    cancellation
                )
                : new Dictionary<string, RunRecord>();
        RunSweep sweep = new(layout, catalog, display, threads, Shard.All);
        double threshold = question.Terms.Threshold ?? 0;
        TrialRow[] tried =
        [
            .. from trial in search
            let record = searched.GetValueOrDefault(trial.Spec.RunId())
            where record is not null
            select TrialRow.Of(trial.Arm, record, question.Probe),
        ];
        Answer answer = null!;
        foreach ((int count, double level) in looks)
        {
            question = question with { Terms = question.Terms with { Level = level } };
            answer = Answered(plan, question, searched, tried, [.. seeds.Take(count)], data, sweep, cancellation);
            if (IsSettled(answer.Comparison.Verdicts, threshold) || sweep.Outcome != SweepOutcome.Done)
            {
                break;
            }
        }

        string folder = SavedComparison.ResultsOf(layout, Name, data.Id, question.Name);
        answer.Comparison.Save(folder, data, answer.Records, Environment.GetCommandLineArgs()[1..]);
        string drawn = SavedComparison.FiguresOf(layout, data.Id, question.Name);
        if (!isGate)
        {
            foreach (Artefact artefact in answer.Comparison.Draw())
            {
                new ArtefactWriter(layout, display).Write(drawn, artefact, showTables: false);
            }
        }

        bool isWhole = sweep.Outcome == SweepOutcome.Done && !answer.Comparison.HasGaps,
            holds =
                isWhole
                && unrepeatable.Length == 0
                && answer.Comparison.Verdicts.All(row => row.Judgement.IsBetterBy(threshold));
        if (isJson)
        {
            JsonObject found = CompareJson.Of(data, question, answer.Seeds, answer.Comparison, unrepeatable, holds);
            output.WriteLine(found.ToJsonString(JsonText.Indented));
        }
        else
        {
            display.Table(answer.Comparison.Table());
            display.Table(answer.Comparison.Costs());
            if (ClassBalance.Note(data) is { } note)
            {
                display.Line(note);
            }

            display.Line($"results: {folder}");
            if (!isGate)
            {
                display.Line($"figure and tables: {drawn}");
            }

            display.Line(
                isGate
                    ? GateText(holds, isWhole, unrepeatable.Length > 0, threshold, answer.Comparison.Verdicts)
                    : $"found: {Decisions.InWords(answer.Comparison.Verdicts)}"
            );
        }

        return sweep.Outcome != SweepOutcome.Done ? ExitCode.Of(sweep.Outcome)
            : !isGate || holds ? ExitCode.Done
            : ExitCode.DidNotHold;
    }

    /// <summary>Makes the runs of some seeds and decides the question by them.</summary>
    private static Answer Answered(
        QuestionRuns plan,
        Question question,
        IReadOnlyDictionary<string, RunRecord> searched,
        IReadOnlyList<TrialRow> trials,
        IReadOnlyList<long> seeds,
        DataSet data,
        RunSweep sweep,
        CancellationToken cancellation
    )
    {
        (ComparisonArm Arm, RunSpec Learned, RunSpec Untrained)[] pairs = [.. plan.Pairs(searched, seeds)];
        RunSpec[] specs = SpecsOf(pairs);
        IReadOnlyDictionary<string, RunRecord> made = sweep.Run(specs, data, isSearch: false, cancellation);
        IEnumerable<Contest> contests =
            from pair in pairs
            let learned = made.GetValueOrDefault(pair.Learned.RunId())
            let untrained = made.GetValueOrDefault(pair.Untrained.RunId())
            where learned is not null && untrained is not null
            select new Contest(pair.Arm.Label, pair.Learned.Hidden[^1], learned, untrained);
        RunRecord[] records =
        [
            .. specs.Select(spec => spec.RunId()).Distinct().Where(made.ContainsKey).Select(id => made[id]),
        ];
        return new Answer(SavedComparison.Of(data, question, seeds.Count, [.. contests], trials), records, seeds);
    }

    /// <summary>
    /// Whether more seeds would change nothing: all is decided, or for a gate one comparison against it.
    /// </summary>
    private bool IsSettled(IReadOnlyList<DecisionRow> rows, double threshold) =>
        isGate
            ? rows.All(row => row.Judgement.IsBetterBy(threshold))
                || rows.Any(row => row.Diverged > 0 || row.High <= threshold)
            : rows.All(row => row.Verdict != Verdict.Inconclusive || row.Diverged > 0);

    private static RunSpec[] SpecsOf(IEnumerable<(ComparisonArm, RunSpec Learned, RunSpec Untrained)> pairs) =>
        [.. pairs.SelectMany(pair => new[] { pair.Learned, pair.Untrained })];

    /// <summary>Returns the names of the plugins' rules that do not repeat a seed.</summary>
    private static IEnumerable<string> Unrepeatable(
        Question question,
        RuleCatalog catalog,
        DataSet data,
        CancellationToken cancellation
    ) =>
        from arm in question.Arms.DistinctBy(arm => arm.Rule.Id)
        where catalog.Plugged.Contains(arm.Rule)
        let first = arm.Spec(data.Id, question.Networks[0], 1, [question.Probe])
        where !SeedRepetition.Agrees(new RunExecutor(catalog), first, data, cancellation)
        select arm.Rule.Id;

    /// <summary>Says whether the gate holds, and if not, why.</summary>
    private static string GateText(
        bool holds,
        bool isWhole,
        bool isUnrepeatable,
        double threshold,
        IReadOnlyList<DecisionRow> rows
    )
    {
        string better = threshold > 0 ? $"better by at least {Cells.Number(100 * threshold, 2)} points" : "better";
        if (holds)
        {
            return $"check: every rule is {better} than random projections everywhere";
        }

        if (!isWhole)
        {
            return "check: does not hold, some rules broke down or diverged";
        }

        if (isUnrepeatable)
        {
            return "check: does not hold, some rules do not repeat a seed";
        }

        DecisionRow[] open = [.. rows.Where(row => !row.Judgement.IsBetterBy(threshold) && !(row.High <= threshold))];
        int against = rows.Count(row => row.High <= threshold);
        return against > 0
            ? $"check: does not hold, {against} of {rows.Count} {(against == 1 ? "is" : "are")} not {better} "
                + "than random projections"
            : $"check: undecided, {open.Length} of {rows.Count} could not be shown{NeedOf(open)}";
    }

    private static string NeedOf(DecisionRow[] open) =>
        open.All(row => row.NeedText.Length > 0)
            ? $"; {open.MaxBy(row => (row.SamplesNeeded ?? 0, row.SeedsNeeded ?? 0))!.NeedText} would decide it"
            : "";

    /// <summary>What was found with some seeds.</summary>
    private sealed record Answer(
        SavedComparison Comparison,
        IReadOnlyList<RunRecord> Records,
        IReadOnlyList<long> Seeds
    );
}
