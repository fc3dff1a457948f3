using Reproduction.Studies.Running;

namespace Reproduction.CommandLine.Commands;

/// <summary>The exit codes of the executable.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    public const int Failed = 1;

    public const int WrongUsage = 2;

    /// <summary>A check did not hold.</summary>
    public const int DidNotHold = 3;

    /// <summary>The user stopped the program from the keyboard; the code is the one that shells use.</summary>
    public const int Interrupted = 130;

    /// <summary>The program was told to end; the code is the one that shells use.</summary>
    public const int Terminated = 143;

    /// <summary>Returns the exit code of a command that only runs experiments.</summary>
    public static int Of(SweepOutcome outcome) =>
        outcome switch
        {
            SweepOutcome.Done => Done,
            SweepOutcome.Refused => WrongUsage,
            _ => Failed,
        };
}
