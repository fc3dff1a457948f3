using System.CommandLine;
using Reproduction.CommandLine.Display;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;
using Reproduction.Studies;
using Reproduction.Studies.Running;
using Reproduction.Studies.Shards;

namespace Reproduction.CommandLine.Commands;

/// <summary>The command <c>merge</c> joins the runs of shards and assembles the experiments' results.</summary>
internal static class MergeCommand
{
    public static Command Create(CommonOptions options)
    {
        Argument<DirectoryInfo[]> folders = new("folders")
        {
            Description = "results folders to take runs from; without any, only --results is assembled",
            Arity = ArgumentArity.ZeroOrMore,
            HelpName = "DIR",
        };
        Command command = new("merge", "join the runs of shards and assemble the results that one process would make")
        {
            folders,
            options.Plugins,
            options.Threads,
            options.Results,
            options.Data,
            options.Offline,
            options.Quiet,
        };
        command.SetAction(
            (arguments, cancellation) =>
                Task.Run(
                    () => Execute(options, arguments, arguments.GetValue(folders)!, cancellation),
                    CancellationToken.None
                )
        );
        return command;
    }

    private static int Execute(
        CommonOptions options,
        ParseResult arguments,
        IReadOnlyList<DirectoryInfo> folders,
        CancellationToken cancellation
    )
    {
        IDisplay display = options.Display(arguments);
        ResultLayout layout = options.Layout(arguments);
        if (folders.FirstOrDefault(folder => !folder.Exists) is { } absent)
        {
            throw new ResultsException($"{absent}: there is no such folder; name the --results folders of shards");
        }

        options.RequireDataFolder(arguments);
        int threads = options.UseResources(arguments);
        AtomicFile.RequireWritable(layout.Results);
        ExperimentRunner runner = new(layout, options.Rules(arguments), display, threads, Shard.None);
        MergedFolders.Join(folders, layout, display.Line, cancellation);
        IReadOnlyList<ShardPlan> plans = ShardPlan.In(layout);
        if (plans.Count == 0)
        {
            display.Line(
                $"{layout.Plans}: no shard left a plan, so nothing is assembled; 'reproduce run' does "
                    + "that without making the runs again"
            );
            return ExitCode.Done;
        }

        int code = ExitCode.Done;
        foreach (ShardPlan plan in plans)
        {
            string[] command =
            [
                "run",
                .. plan.Experiments,
                "--profile",
                KebabCase.From(plan.Profile),
                "--dataset",
                plan.DataSet,
                "--seeds",
                $"{plan.Seeds.Length}",
                "--seed",
                $"{plan.Seeds[0]}",
            ];
            try
            {
                runner.Assemble(plan, name => options.Open(arguments, display, name), command, cancellation);
            }
            catch (ResultsException exception)
            {
                // The other plans can still be assembled.
                Console.Error.WriteLine($"error: {exception.Message}");
                code = ExitCode.Failed;
            }
        }

        ExperimentCommands.UpdateLedger(layout, display);
        return code == ExitCode.Done ? ExitCode.Of(runner.Outcome) : code;
    }
}
