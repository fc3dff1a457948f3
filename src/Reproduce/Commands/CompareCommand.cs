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
/// The command <c>compare</c> compares rules with random projections in a table with intervals. The command
/// <c>check</c> does the same as a gate, which holds if every named rule beats random projections at every width.
/// </summary>
internal sealed class CompareCommand
{
    private readonly CommonOptions common;
    private readonly bool isGate;
    private readonly Option<string?> rules = new("--rules")
    {
        Description = "learning rules, e.g. softhebb,hebbnet [default: all but the baselines]",
        HelpName = "R[,R…]",
    };
    private readonly Option<string> widths = new("--widths")
    {
        Description = "widths of the hidden layer; each width is a separate network",
        DefaultValueFactory = _ => "32,128,512",
        HelpName = "N[,N…]",
    };
    private readonly Option<string> probe = new("--probe")
    {
        Description = "ridge, softmax or published",
        DefaultValueFactory = _ => "ridge",
        HelpName = "NAME",
    };
    private readonly Option<int> seeds = new("--seeds")
    {
        Description = "number of seeds",
        DefaultValueFactory = _ => 10,
        HelpName = "N",
    };
    private readonly Option<int> limit = new("--limit")
    {
        Description = "use only the first N training samples; 0 for all",
        DefaultValueFactory = _ => 0,
        HelpName = "N",
    };
    private readonly Option<bool> json = new("--json") { Description = "print one JSON object" };

    private CompareCommand(CommonOptions common, bool isGate)
    {
        this.common = common;
        this.isGate = isGate;
    }

    public static IEnumerable<Command> Create(CommonOptions common) =>
        [
            new CompareCommand(common, isGate: false).Create(
                "compare",
                "compare rules with random projections of the same width"
            ),
            new CompareCommand(common, isGate: true).Create(
                "check",
                "exit 0 if every rule beats random projections at every width, 3 if one does not"
            ),
        ];

    private Command Create(string name, string description)
    {
        Command command = new(name, description)
        {
            rules,
            common.Plugins,
            common.DataSet,
            common.ImageSize,
            common.ImageBackground,
            widths,
            probe,
            seeds,
            limit,
            common.Seed,
            common.Threads,
            common.Results,
            common.Figures,
            common.Data,
            common.Offline,
            common.DryRun,
            common.Quiet,
            json,
        };
        command.SetAction(
            (arguments, cancellation) => Task.Run(() => Execute(name, arguments, cancellation), CancellationToken.None)
        );
        return command;
    }

    private int Execute(string name, ParseResult arguments, CancellationToken cancellation)
    {
        bool isJson = arguments.GetValue(json);
        TextWriter output = isJson ? CommonOptions.ReserveOutput() : Console.Out;
        IDisplay display = CommonOptions.Display(arguments.GetValue(common.Quiet), toError: isJson);
        RuleCatalog catalog = common.Rules(arguments);
        IReadOnlyList<RuleDescription> chosen = Rules(arguments, catalog);
        IReadOnlyList<int> units = CommonOptions.DistinctWidths(arguments.GetValue(widths)!, display);
        IReadOnlyList<long> seedList = CommonOptions.SeedList(
            arguments.GetValue(seeds),
            arguments.GetValue(common.Seed)
        );
        string probeName = arguments.GetValue(probe)!;
        (RunSpec Learned, RunSpec Untrained)[] Pairs(string dataSet) =>
            [.. PairsOf(catalog, chosen, dataSet, units, seedList, probeName, arguments.GetValue(limit))];
        string named = CommonOptions.RequireClasses(arguments.GetValue(common.DataSet)!);
        RunSpec[] asked = SpecsOf(Pairs(named));
        foreach (RunSpec spec in asked)
        {
            spec.Validate(catalog);
        }

        int threads = common.UseThreads(arguments);
        if (arguments.GetValue(common.DryRun))
        {
            display.Line($"dry run: {asked.DistinctBy(spec => spec.RunId()).Count()} run(s) on {named}");
            return 0;
        }

        ResultLayout layout = common.Layout(arguments);
        AtomicFile.RequireWritable(layout.Results);
        if (!isGate)
        {
            AtomicFile.RequireWritable(layout.Figures);
        }

        DataSet data = common.OpenDataSet(arguments, display);
        (RunSpec Learned, RunSpec Untrained)[] pairs = Pairs(data.Id);
        RunSpec[] specs = SpecsOf(pairs);
        string[] unrepeatable = [.. Unrepeatable(pairs, catalog, data, cancellation)];
        foreach (string rule in unrepeatable)
        {
            display.Line(
                $"warning: rule {rule} gives other numbers when the same seed is run again, so nobody can check its "
                    + "results; let it draw from step.Random alone"
            );
        }

        RunSweep sweep = new(layout, catalog, display, threads, Shard.All);
        IReadOnlyDictionary<string, RunRecord> made = sweep.Run(specs, data, isSearch: false, cancellation);
        IReadOnlyList<RunRecord> records =
        [
            .. specs.Select(spec => spec.RunId()).Where(made.ContainsKey).Select(id => made[id]),
        ];
        IEnumerable<Contest> contests =
            from pair in pairs
            let learned = made.GetValueOrDefault(pair.Learned.RunId())
            let untrained = made.GetValueOrDefault(pair.Untrained.RunId())
            where learned is not null && untrained is not null
            select new Contest(pair.Learned.Rule, pair.Learned.Hidden[^1], learned, untrained);
        SavedComparison comparison = SavedComparison.Of(data, probeName, [.. contests], records);
        IReadOnlyList<DecisionRow> family = comparison.Verdicts;
        string folder = comparison.Save(layout, name, data, records, Environment.GetCommandLineArgs()[1..]);
        if (!isGate)
        {
            foreach (Artefact artefact in comparison.Draw())
            {
                new ArtefactWriter(layout, display).Write(
                    SavedComparison.FiguresOf(layout, data.Id),
                    artefact,
                    showTables: false
                );
            }
        }

        IReadOnlyList<(string Rule, int Width, int Diverged)> undecided = comparison.Diverged;
        bool holds =
            sweep.Outcome == SweepOutcome.Done
            && undecided.Count == 0
            && unrepeatable.Length == 0
            && family.All(row => row.Verdict == Verdict.Beats);
        if (isJson)
        {
            JsonObject found = Json(data, probeName, seedList, family, undecided, unrepeatable, holds);
            output.WriteLine(found.ToJsonString(JsonText.Indented));
        }
        else
        {
            display.Table(comparison.Table());
            if (ClassBalance.Note(data) is { } note)
            {
                display.Line(note);
            }

            display.Line($"results: {folder}");
            if (!isGate)
            {
                display.Line($"figure and table: {SavedComparison.FiguresOf(layout, data.Id)}");
            }

            bool isWhole = sweep.Outcome == SweepOutcome.Done && undecided.Count == 0;
            display.Line(isGate ? GateText(holds, isWhole, unrepeatable.Length > 0, family) : Counts(family));
        }

        return sweep.Outcome != SweepOutcome.Done ? ExitCode.Of(sweep.Outcome)
            : !isGate || holds ? ExitCode.Done
            : ExitCode.DidNotHold;
    }

    private IReadOnlyList<RuleDescription> Rules(ParseResult arguments, RuleCatalog catalog)
    {
        if (arguments.GetValue(rules) is not { } named)
        {
            return [.. catalog.Rules.Where(rule => rule.Attribute.Family != RandomProjectionFamily.Baseline)];
        }

        // Random projections always take part, so naming them is allowed.
        RuleDescription[] chosen =
        [
            .. CommonOptions.NamedRules(named, catalog).Where(rule => rule.Id != RandomProjectionFamily.Random),
        ];
        return chosen.Length > 0
            ? chosen
            : throw new SpecificationException(
                $"--rules {named}: name at least one rule to hold against random projections"
            );
    }

    private static RunSpec[] SpecsOf((RunSpec Learned, RunSpec Untrained)[] pairs) =>
        [.. pairs.SelectMany(pair => new[] { pair.Learned, pair.Untrained })];

    /// <summary>Every rule at every width with every seed, each beside the same network untrained.</summary>
    private static IEnumerable<(RunSpec Learned, RunSpec Untrained)> PairsOf(
        RuleCatalog catalog,
        IReadOnlyList<RuleDescription> chosen,
        string dataSet,
        IReadOnlyList<int> units,
        IReadOnlyList<long> seedList,
        string probe,
        int limit
    )
    {
        foreach (RuleDescription rule in chosen)
        {
            foreach (int width in units)
            {
                foreach (long seed in seedList)
                {
                    RunSpec spec = rule.Spec(dataSet, [width], seed, [probe]) with { Limit = limit };
                    yield return (spec, RandomProjectionFamily.Untrained(catalog, spec));
                }
            }
        }
    }

    /// <summary>Returns the names of the plugins' rules that do not repeat a seed.</summary>
    private static IEnumerable<string> Unrepeatable(
        (RunSpec Learned, RunSpec Untrained)[] pairs,
        RuleCatalog catalog,
        DataSet data,
        CancellationToken cancellation
    ) =>
        from rule in catalog.Plugged
        let first = pairs.Select(pair => pair.Learned).FirstOrDefault(spec => spec.Rule == rule.Id)
        where first is not null && !SeedRepetition.Agrees(new RunExecutor(catalog), first, data, cancellation)
        select rule.Id;

    /// <summary>Says whether the gate holds, and if not, why.</summary>
    private static string GateText(bool holds, bool isWhole, bool isUnrepeatable, IReadOnlyList<DecisionRow> family)
    {
        if (holds)
        {
            return "check: every rule beats random projections at every width";
        }

        if (!isWhole)
        {
            return "check: does not hold, some rules broke down or diverged";
        }

        if (isUnrepeatable)
        {
            return "check: does not hold, some rules do not repeat a seed";
        }

        return family.Count > 0 && family.All(row => row.Verdict == Verdict.Beats || row.IsProvisional)
            ? "check: does not hold yet, so few seeds can show nothing; use --seeds "
                + $"{RandomProjectionGate.SeedsNeeded(family.Count)}"
            : "check: does not hold, some do not beat random projections";
    }

    /// <summary>Says how many comparisons came to each verdict.</summary>
    private static string Counts(IReadOnlyList<DecisionRow> family) =>
        family.Count > 0
            ? $"found: {RandomProjectionFamily.InWords(family)}"
            : "found: nothing, every pair lacks a run";

    private static JsonObject Json(
        DataSet data,
        string probe,
        IReadOnlyList<long> seedList,
        IReadOnlyList<DecisionRow> family,
        IReadOnlyList<(string Rule, int Width, int Diverged)> diverged,
        IReadOnlyList<string> unrepeatable,
        bool holds
    ) =>
        new()
        {
            ["dataset"] = data.Id,
            ["dataSetSha256"] = data.Sha256,
            ["probe"] = probe,
            ["seeds"] = new JsonArray([.. seedList.Select(seed => (JsonNode)seed)]),
            ["holds"] = holds,
            ["unrepeatable"] = new JsonArray([.. unrepeatable.Select(rule => (JsonNode)rule)]),
            ["diverged"] = new JsonArray([
                .. diverged.Select(cell => new JsonObject
                {
                    ["rule"] = cell.Rule,
                    ["width"] = cell.Width,
                    ["runs"] = cell.Diverged,
                }),
            ]),
            ["comparisons"] = new JsonArray([
                .. family.Select(row => new JsonObject
                {
                    ["rule"] = row.Rule,
                    ["width"] = row.Width,
                    ["seeds"] = row.Seeds,
                    ["accuracy"] = row.RuleAccuracy,
                    ["randomAccuracy"] = row.RandomAccuracy,
                    ["difference"] = row.Difference,
                    ["low"] = row.Low,
                    ["high"] = row.High,
                    ["p"] = row.P,
                    ["adjustedP"] = row.AdjustedP,
                    ["verdict"] = KebabCase.From(row.Verdict),
                    ["provisional"] = row.IsProvisional,
                }),
            ]),
        };
}
