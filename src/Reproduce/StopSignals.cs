using System.Runtime.InteropServices;

namespace Reproduction.CommandLine;

/// <summary>
/// Ends a long command when the user or the system asks for it. At the first SIGINT or SIGTERM the command is told to
/// stop at a point where nothing is lost. What has not stopped soon after is left: every finished run is a whole file
/// by then. A second signal ends the process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>What the user is told.</summary>
    public const string Message = "stopped; finished runs are kept, run the same command again to continue";

    // The process is to be gone a second after the signal.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private readonly CancellationTokenSource stop = new();
    private readonly PosixSignalRegistration[] registrations;
    private readonly bool isLong;
    private readonly Func<int, string, int> fail;
    private int isEnding;

    /// <param name="isLong">Whether the command stops by itself; any other is ended by the first signal.</param>
    /// <param name="fail">Says why the process ends with an exit code, and returns the code.</param>
    public StopSignals(bool isLong, Func<int, string, int> fail)
    {
        (this.isLong, this.fail) = (isLong, fail);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
        ];
    }

    /// <summary>Is cancelled by the first signal.</summary>
    public CancellationToken Token => stop.Token;

    /// <summary>The exit code of a command that was stopped.</summary>
    public int ExitCode { get; private set; } = Commands.ExitCode.Interrupted;

    /// <summary>
    /// Claims the end of the process, with its message, for the caller. False if another thread is about to end it.
    /// </summary>
    public bool TryBeginEnd() => Interlocked.Exchange(ref isEnding, 1) == 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }

        stop.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        // Left to the system, a signal ends the process at once.
        context.Cancel = isLong && !stop.IsCancellationRequested;
        if (!context.Cancel)
        {
            return;
        }

        ExitCode = context.Signal == PosixSignal.SIGTERM ? Commands.ExitCode.Terminated : Commands.ExitCode.Interrupted;

        // A thread of its own: those of the pool may all be computing.
        new Thread(EndSoon) { IsBackground = true }.Start();
        stop.Cancel();
    }

    private void EndSoon()
    {
        Thread.Sleep(Patience);
        if (TryBeginEnd())
        {
            Environment.Exit(fail(ExitCode, Message));
        }
    }
}
