using System.CommandLine;
using Reproduction.CommandLine.Display;
using Reproduction.CommandLine.Drawing;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Running;
using Reproduction.Studies.Shards;

namespace Reproduction.CommandLine.Commands;

/// <summary>The commands about experiments: <c>all</c>, <c>run</c>, <c>figures</c>, <c>list</c>.</summary>
internal static class ExperimentCommands
{
    public static IEnumerable<Command> Create(CommonOptions options)
    {
        yield return All(options);
        yield return Run(options);
        yield return Figures(options);
        yield return List();
    }

    private static Command All(CommonOptions options)
    {
        Command command = new("all", "run every experiment, draw every figure and table, write the report")
        {
            options.ProfileName,
            options.Plugins,
            options.DataSet,
            options.ImageSize,
            options.ImageBackground,
            options.Seed,
            options.Seeds,
            options.Threads,
            options.Memory,
            options.Results,
            options.Figures,
            options.Data,
            options.Offline,
            options.DryRun,
            options.Quiet,
        };
        command.SetAction(
            (arguments, cancellation) =>
                Task.Run(
                    () => Execute(options, arguments, ExperimentCatalog.All, Shard.All, draw: true, cancellation),
                    CancellationToken.None
                )
        );
        return command;
    }

    private static Command Run(CommonOptions options)
    {
        Argument<string[]> names = new("experiments")
        {
            Description = "experiment ids from 'list', or a paper [default: all]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> shard = new("--shard")
        {
            Description = "run only shard i of n, e.g. 2/8; 'merge' joins the shards",
            HelpName = "i/n",
        };
        Command command = new("run", "run experiments and save their results, without drawing")
        {
            names,
            shard,
            options.ProfileName,
            options.Plugins,
            options.DataSet,
            options.ImageSize,
            options.ImageBackground,
            options.Seed,
            options.Seeds,
            options.Threads,
            options.Memory,
            options.Results,
            options.Data,
            options.Offline,
            options.DryRun,
            options.Quiet,
        };
        command.SetAction(
            (arguments, cancellation) =>
                Task.Run(
                    () =>
                        Execute(
                            options,
                            arguments,
                            ExperimentCatalog.Select(arguments.GetValue(names)!),
                            arguments.GetValue(shard) is { } text ? Shard.Parse(text) : Shard.All,
                            draw: false,
                            cancellation
                        ),
                    CancellationToken.None
                )
        );
        return command;
    }

    private static Command Figures(CommonOptions options)
    {
        Argument<string[]> names = new("experiments")
        {
            Description = "experiment ids from 'list', or a paper [default: all that have results]",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> profileName = new("--profile")
        {
            Description = "quick or paper [default: both]",
            HelpName = "NAME",
        };
        Option<string?> dataSet = new("--dataset")
        {
            Description = "data set [default: all that have results]",
            HelpName = "NAME",
        };
        Option<bool> animate = new("--animate") { Description = "also write weights over training as animated GIFs" };
        Command command = new("figures", "draw figures and tables from saved results")
        {
            names,
            profileName,
            dataSet,
            animate,
            options.Results,
            options.Figures,
            options.Quiet,
        };
        command.SetAction(arguments =>
        {
            IDisplay display = options.Display(arguments);
            ResultLayout layout = options.Layout(arguments);
            ArtefactWriter writer = new(layout, display);
            Profile[] profiles = arguments.GetValue(profileName) is { } profile
                ? [CommonOptions.ParseName<Profile>("--profile", profile)]
                : Enum.GetValues<Profile>();
            IReadOnlyList<string> sets =
                arguments.GetValue(dataSet) is { } set && set != DataSets.Auto
                    ? [CommonOptions.RequireDataSet(set)]
                    : DataSets.Names;
            IReadOnlyList<Experiment> experiments = ExperimentCatalog.Select(arguments.GetValue(names)!);
            bool areNamed = arguments.GetValue(names)!.Length > 0;
            IEnumerable<(Profile Profile, Experiment Experiment, string DataSet)> candidates =
                from candidate in profiles
                from experiment in experiments
                from name in sets.Select(set => set == DataSets.Auto ? null : experiment.DataSetFor(set))
                    .OfType<string>()
                    .Distinct()
                select (candidate, experiment, name);
            int drawn = 0,
                damaged = 0;
            foreach ((Profile candidate, Experiment experiment, string name) in candidates)
            {
                try
                {
                    bool isShown = areNamed || experiment.IsHeadline;
                    drawn += writer.Draw(experiment, candidate, name, isShown, arguments.GetValue(animate)) ? 1 : 0;
                }
                catch (ResultsException exception)
                {
                    // The others are drawn all the same.
                    damaged++;
                    display.Error(exception.Message);
                }
            }

            if (drawn == 0 && damaged == 0)
            {
                throw new ResultsException(
                    $"{layout.Results}: no such results to draw there; make them with 'reproduce run'"
                );
            }

            display.Line($"figures and tables of {drawn} experiment(s): {layout.Figures}");
            UpdateLedger(layout, display);
            if (damaged > 0)
            {
                display.Line($"left out: {damaged} experiment(s), whose tables are damaged");
                return ExitCode.Failed;
            }

            return 0;
        });
        return command;
    }

    /// <summary>Decides every claim and says how many of each verdict there are, the results just made first.</summary>
    /// <param name="ran">The profile that was just run or assembled; null if none was.</param>
    public static void UpdateLedger(ResultLayout layout, IDisplay display, Profile? ran = null)
    {
        Ledger ledger = new(layout);
        IReadOnlyList<LedgerRow> rows = ledger.Update();
        if (ran == Profile.Quick && !rows.Any(row => row.Profile == KebabCase.From(Profile.Quick)))
        {
            display.Line("claims: the quick profile's results decide none of them");
        }

        IEnumerable<IGrouping<string, LedgerRow>> byProfile = rows.GroupBy(row => row.Profile)
            .OrderByDescending(group => ran is { } just && group.Key == KebabCase.From(just))
            .ThenBy(group => group.Key.Length == 0)
            .ThenBy(group => group.Key, StringComparer.Ordinal);
        foreach (IGrouping<string, LedgerRow> group in byProfile)
        {
            string summary = Ledger.Summary([.. group]),
                folder = Path.Combine(layout.Results, group.Key);
            display.Line(
                group.Key.Length == 0
                    ? $"claims without results: {group.Count()}"
                    : $"claims by results of the {group.Key} profile ({folder}): {summary}"
            );
        }

        display.Line($"claims: {ledger.Path}; 'reproduce claims' prints them");
    }

    /// <summary>Says what the experiments that just ran have found, and whether their seeds can decide it.</summary>
    private static void ShowFindings(
        ResultLayout layout,
        IDisplay display,
        Profile profile,
        IReadOnlyDictionary<Experiment, string> ran
    )
    {
        (string DataSet, int Seeds, string Finding)[] findings =
        [
            .. from run in ran
            let results = layout.Open(run.Key, profile, run.Value)
            where results is not null
            from finding in run.Key.Findings(results)
            select (results.Provenance.DataSet, results.Provenance.Seeds.Count, finding),
        ];
        foreach (var group in findings.GroupBy(finding => (finding.DataSet, finding.Seeds)))
        {
            display.Line("");
            display.Line($"What was found on {group.Key.DataSet} with {Cells.Seeds(group.Key.Seeds)}:");
            foreach ((_, _, string finding) in group)
            {
                display.Line($"- {finding}");
            }

            if (group.Key.Seeds < DecisionTerms.FewestSeeds)
            {
                display.Line(
                    $"So few seeds decide little: take --seeds {DecisionTerms.FewestSeeds} or more, or "
                        + "--profile paper."
                );
            }
        }

        display.Line("");
    }

    private static Command List()
    {
        Command command = new("list", "list the experiments");
        command.SetAction(_ =>
        {
            int width = ExperimentCatalog.All.Max(experiment => experiment.Id.Length);
            foreach (Experiment experiment in ExperimentCatalog.All)
            {
                Console.WriteLine($"{experiment.Id.PadRight(width)}  {experiment.Question}");
            }
        });
        return command;
    }

    private static int Execute(
        CommonOptions options,
        ParseResult arguments,
        IReadOnlyList<Experiment> experiments,
        Shard shard,
        bool draw,
        CancellationToken cancellation
    )
    {
        IDisplay display = options.Display(arguments);
        ResultLayout layout = options.Layout(arguments);
        Profile profile = options.Profile(arguments);
        IReadOnlyList<long> seeds = options.SeedList(arguments, profile);
        int threads = options.UseResources(arguments);
        ExperimentRunner runner = new(layout, options.Rules(arguments), display, threads, shard);
        CommonOptions.RequireDataSet(arguments.GetValue(options.DataSet)!);
        options.RequireDataFolder(arguments);
        if (arguments.GetValue(options.DryRun))
        {
            display.Line(
                $"dry run: {runner.Count(experiments, profile, arguments.GetValue(options.DataSet)!, seeds)} run(s), "
                    + "those that experiments share counted once"
            );
            return 0;
        }

        AtomicFile.RequireWritable(layout.Results);
        if (draw)
        {
            AtomicFile.RequireWritable(layout.Figures);
        }

        IReadOnlyDictionary<Experiment, string> ran = runner.Run(
            experiments,
            profile,
            arguments.GetValue(options.DataSet)!,
            name => options.Open(arguments, display, name),
            seeds,
            Environment.GetCommandLineArgs()[1..],
            cancellation
        );
        ArtefactWriter writer = new(layout, display);
        foreach (Experiment experiment in draw ? experiments.Where(ran.ContainsKey) : [])
        {
            writer.Draw(experiment, profile, ran[experiment], showTables: experiment.IsHeadline);
        }

        if (shard == Shard.All)
        {
            ShowFindings(layout, display, profile, ran);
            UpdateLedger(layout, display, profile);
        }

        if (draw)
        {
            display.Line($"figures and tables: {Path.Combine(layout.Figures, KebabCase.From(profile))}");
            ReportCommand.Write(layout, display);
        }

        return ExitCode.Of(runner.Outcome);
    }
}
