using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text;
using System.Text.RegularExpressions;
using Reproduction.CommandLine.Commands;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Numerics;

namespace Reproduction.CommandLine;

/// <summary>The executable <c>reproduce</c>.</summary>
internal static partial class Program
{
    private const int ShownOfAWord = 60;

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
                    VerifyCommand.Create(options),
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
                IOException or UnauthorizedAccessException when IsOfConsole(first) => Fail(
                    ExitCode.Failed,
                    "the standard output cannot be written to; it is closed, or its disk is full"
                ),
                IOException or UnauthorizedAccessException => Fail(
                    ExitCode.Failed,
                    $"{first.Message.TrimEnd('.')}; free space or name another folder, then run the same "
                        + "command again: finished runs are kept"
                ),
                OperationCanceledException => Stopped(signals),
                OutOfMemoryException => Fail(
                    ExitCode.Failed,
                    "out of memory; use fewer --threads, less --memory or a smaller network"
                ),
                _ => Fail(
                    ExitCode.Failed,
                    $"{first.GetType().Name}: {first.Message} at {first.StackTrace?.Split('\n')[0].Trim()[3..]}; this "
                        + "is a defect of the program, please report it"
                ),
            };
        }
    }

    private static int Stopped(StopSignals signals)
    {
        if (!signals.TryBeginEnd())
        {
            // Another thread is saying so and ends the process.
            Thread.Sleep(Timeout.Infinite);
        }

        return Fail(signals.ExitCode, StopSignals.Message);
    }

    private static int Fail(int code, string message)
    {
        // Nobody reads a name of thousands of characters.
        string text = LongWord().Replace(message.ReplaceLineEndings(" "), word => $"{word.Value[..ShownOfAWord]}…");
        Console.Error.WriteLine($"error: {text}");
        return code;
    }

    [GeneratedRegex(@"\S{4097,}")]
    private static partial Regex LongWord();

    /// <summary>Whether an exception comes from writing to the standard output.</summary>
    private static bool IsOfConsole(Exception exception) =>
        exception.StackTrace?.Contains("System.ConsolePal.", StringComparison.Ordinal) == true;

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

        string suggestion =
            parsed.UnmatchedTokens is [{ } unknown, ..] && Closest(parsed, unknown) is { } meant
                ? $"; did you mean {meant}?"
                : "";

        // The parser's messages name .NET types; the user gets words instead.
        string error = TypeNames
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
        return error + suggestion;
    }

    /// <summary>
    /// Returns the command's option that an unknown one may stand for: one with the same letters (<c>--data-set</c>),
    /// the same initials (<c>--lr</c>), or the same beginning; null if there is none, or several.
    /// </summary>
    private static string? Closest(ParseResult parsed, string unknown)
    {
        string word = unknown.TrimStart('-');
        string[] options = [.. parsed.CommandResult.Command.Options.Select(option => option.Name)];
        string Initials(string option) => string.Concat(option.TrimStart('-').Split('-').Select(part => part[..1]));
        string[] close =
        [
            .. options
                .Where(option => unknown.StartsWith("--", StringComparison.Ordinal) && word.Length > 1)
                .Where(option =>
                    Initials(option) == word
                    || option.TrimStart('-').StartsWith(word, StringComparison.Ordinal)
                    || word.StartsWith(option.TrimStart('-'), StringComparison.Ordinal)
                ),
        ];
        string Letters(string option) => option.Replace("-", "", StringComparison.Ordinal);
        return options.FirstOrDefault(option => Letters(option) == Letters(unknown))
            ?? (close is [var only] ? only : null);
    }
}
