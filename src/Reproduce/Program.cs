using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text;
using Reproduction.CommandLine.Commands;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Numerics;

namespace Reproduction.CommandLine;

/// <summary>The executable <c>reproduce</c>.</summary>
internal static class Program
{
    private static readonly Dictionary<string, string> TypeNames = new()
    {
        ["Int32"] = "a whole number",
        ["Int64"] = "a whole number",
        ["Double"] = "a number",
    };

    private static async Task<int> Main(string[] arguments)
    {
        SimdLinearAlgebraProvider.Install();
        Console.OutputEncoding = Encoding.UTF8;
        CommonOptions options = new();
        RootCommand root = new(
            "Reproduces papers on learning without backpropagation, the printed number beside the "
                + "measured one. Without a command: all."
        );
        foreach (
            Command command in (Command[])
                [
                    .. ExperimentCommands.Create(options),
                    TrainCommand.Create(options),
                    RulesCommand.Create(options),
                    ConformanceCommand.Create(options),
                    .. CompareCommand.Create(options),
                    ClaimsCommand.Create(options),
                    ReportCommand.Create(options),
                    MergeCommand.Create(options),
                    SlurmCommand.Create(options),
                    DataCommand.Create(options),
                    BenchCommand.Create(options),
                ]
        )
        {
            root.Add(command);
        }

        // No command is the command "all": its options may stand alone.
        bool isAll =
            arguments.Length == 0
            || (
                arguments[0].StartsWith("--", StringComparison.Ordinal) && arguments[0] is not ("--help" or "--version")
            );
        ParseResult parsed = root.Parse(isAll ? ["all", .. arguments] : arguments);
        if (parsed.Errors.Count > 0)
        {
            return Fail(ExitCode.WrongUsage, $"{UsageError(parsed)} ('{CommandName(parsed)} --help' says more)");
        }

        using CancellationTokenSource stop = new();
        bool isTerminated = false;
        try
        {
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop),
                terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                stop.Token
            );
        }
        catch (Exception exception)
        {
            // A sweep runs in parallel: what its first failing run says is the failure.
            Exception first = exception is AggregateException aggregate
                ? aggregate.Flatten().InnerExceptions[0]
                : exception;
            return first switch
            {
                SpecificationException => Fail(ExitCode.WrongUsage, first.Message),
                DataSetException or ResultsException or RuleFaultException => Fail(ExitCode.Failed, first.Message),
                IOException or UnauthorizedAccessException => Fail(
                    ExitCode.Failed,
                    $"{first.Message.TrimEnd('.')}; free space or name another folder, then run the same "
                        + "command again: finished runs are kept"
                ),
                OperationCanceledException => Fail(
                    isTerminated ? ExitCode.Terminated : ExitCode.Interrupted,
                    "stopped; finished runs are kept, run the same command again to continue"
                ),
                OutOfMemoryException => Fail(
                    ExitCode.Failed,
                    "out of memory; use fewer --threads or a smaller network"
                ),
                _ => Fail(
                    ExitCode.Failed,
                    $"{first.GetType().Name}: {first.Message} at "
                        + $"{first.StackTrace?.Split('\n')[0].Trim()[3..]}; this is a fault of the program, "
                        + "please report it"
                ),
            };
        }

        // A long command stops by itself where nothing is lost; asked a second time, or in a short one, the process
        // ends at once.
        void Stop(PosixSignalContext context)
        {
            context.Cancel = !stop.IsCancellationRequested && parsed.Action is AsynchronousCommandLineAction;
            isTerminated = context.Signal == PosixSignal.SIGTERM;
            stop.Cancel();
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"error: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    /// <summary>The command as it is typed, e.g. "reproduce data fetch".</summary>
    private static string CommandName(ParseResult parsed)
    {
        string name = "";
        for (
            SymbolResult? result = parsed.CommandResult;
            result is CommandResult { Command: not RootCommand } command;
            result = command.Parent
        )
        {
            name = $" {command.Command.Name}{name}";
        }

        return $"reproduce{name}";
    }

    private static string UsageError(ParseResult parsed)
    {
        if (parsed.CommandResult.Command is RootCommand root && parsed.UnmatchedTokens.Count > 0)
        {
            return $"unknown command '{parsed.UnmatchedTokens[0]}'; there are: "
                + $"{string.Join(", ", root.Subcommands.Select(command => command.Name))}";
        }

        // The parser names .NET types where a user expects words.
        return TypeNames
            .Aggregate(
                parsed.Errors[0].Message,
                (message, type) =>
                    message
                        .Replace($"expected type 'System.{type.Key}'", type.Value, StringComparison.Ordinal)
                        .Replace(
                            $"expected type 'System.Nullable`1[System.{type.Key}]'",
                            type.Value,
                            StringComparison.Ordinal
                        )
            )
            .TrimEnd('.', ' ');
    }
}
