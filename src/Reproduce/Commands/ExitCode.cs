using Reproduction.Studies.Running;

namespace Reproduction.CommandLine.Commands;

/// <summary>What the executable says when it ends.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>A check did not hold.</summary>
    public const int DidNotHold = 3;

    /// <summary>As a shell says it of a program that was stopped from the keyboard.</summary>
    public const int Interrupted = 130;

    /// <summary>As a shell says it of a program that was told to end.</summary>
    public const int Terminated = 143;

    /// <summary>What a command that only runs things ends with.</summary>
    public static int Of(SweepOutcome outcome) =>
        outcome switch
        {
            SweepOutcome.Done => Done,
            SweepOutcome.Refused => WrongUsage,
            _ => Failed,
        };
}
