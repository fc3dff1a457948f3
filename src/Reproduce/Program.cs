using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
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
            "Reproduces papers on learning without backpropagation and shows printed beside measured numbers. Without "
                + "a command, 'all' is run."
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

        // Without a command, the command is "all"; its options may stand alone.
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

        using StopSignals signals = new(isLong: parsed.Action is AsynchronousCommandLineAction, Fail);
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
                signals.Token
            );
        }
        catch (Exception exception)
        {
            // The runs of a sweep are parallel; the message of the first failing run is reported.
            Exception first = exception is AggregateException aggregate
                ? aggregate.Flatten().InnerExceptions[0]
                : exception;
            return first switch
            {
                SpecificationException => Fail(ExitCode.WrongUsage, first.Message),
                DataSetException or ResultsException or RuleFailureException => Fail(ExitCode.Failed, first.Message),
                IOException or UnauthorizedAccessException => Fail(
                    ExitCode.Failed,
                    $"{first.Message.TrimEnd('.')}; free space or name another folder, then run the same "
                        + "command again: finished runs are kept"
                ),
                OperationCanceledException when signals.MayEnd() => Fail(signals.ExitCode, StopSignals.Message),
                OperationCanceledException => signals.ExitCode,
                OutOfMemoryException => Fail(
                    ExitCode.Failed,
                    "out of memory; use fewer --threads or a smaller network"
                ),
                _ => Fail(
                    ExitCode.Failed,
                    $"{first.GetType().Name}: {first.Message} at {first.StackTrace?.Split('\n')[0].Trim()[3..]}; this "
                        + "is a defect of the program, please report it"
                ),
            };
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine($"error: {message.ReplaceLineEndings(" ")}");
        return code;
    }

    /// <summary>Returns the command as the user types it, e.g. "reproduce data fetch".</summary>
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

        // The parser's messages name .NET types; the user gets words instead.
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
