using System.Diagnostics;

namespace Reproduction.Campaign.Faults;

/// <summary>What every kind of fault is tried with.</summary>
/// <param name="Random">When and where faults strike.</param>
internal sealed record FaultBench(Executable Reproduce, Random Random)
{
    // 128 + 9, as a shell says it.
    private const int Killed = 137;

    private readonly Dictionary<string, UndisturbedSweep> sweeps = [];
    private int folders;

    /// <summary>A sweep of small runs: a search, and runs that depend on what it found.</summary>
    public Task<UndisturbedSweep> Small() =>
        Undisturbed("small", "run", "truncation-ladder", "--dataset", "robot-arm", "--seeds", "2");

    /// <summary>All that the quick profile runs.</summary>
    public Task<UndisturbedSweep> Quick() => Undisturbed("quick", "run", "--dataset", "digits");

    /// <summary>The path of a results folder that is not there yet.</summary>
    public string NewFolder() => Path.Combine(Reproduce.Folder, $"r{++folders}");

    /// <summary>Waits for a random moment before a span is over.</summary>
    public Task RandomMoment(TimeSpan span) => Task.Delay(span * Random.NextDouble());

    /// <summary>
    /// Starts a command and kills it when something has come to its end, unless it has ended by then; it must have
    /// ended well then.
    /// </summary>
    /// <returns>Whether it was killed.</returns>
    public async Task<bool> Kill(string[] command, Task moment, Trials trials)
    {
        Process process = Reproduce.Start(command);
        Task<Executable.Outcome> end = Executable.Finish(process);
        await Task.WhenAny(end, moment);
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has just ended, and been disposed of.
        }

        Executable.Outcome outcome = await end;
        trials.Expect(outcome.Code == Killed ? Killed : 0, outcome);
        return outcome.Code == Killed;
    }

    private async Task<UndisturbedSweep> Undisturbed(string name, params string[] command) =>
        sweeps.TryGetValue(name, out UndisturbedSweep? sweep)
            ? sweep
            : sweeps[name] = await UndisturbedSweep.Make(Reproduce, name, command);
}
