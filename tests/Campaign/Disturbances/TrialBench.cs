using System.Diagnostics;

namespace Reproduction.Campaign.Disturbances;

/// <summary>Holds what every kind of trial needs.</summary>
/// <param name="Random">The generator that decides when and where a disturbance strikes.</param>
internal sealed record TrialBench(Executable Reproduce, Random Random)
{
    // A shell reports a process killed by signal 9 as 128 + 9.
    private const int Killed = 137;

    private readonly Dictionary<string, UndisturbedSweep> sweeps = [];
    private int folders;

    /// <summary>A sweep of small runs: a search, and runs that depend on what it found.</summary>
    public Task<UndisturbedSweep> Small() =>
        Undisturbed("small", "run", "truncation-ladder", "--dataset", "robot-arm", "--seeds", "2");

    /// <summary>A sweep of everything that the quick profile runs.</summary>
    public Task<UndisturbedSweep> Quick() => Undisturbed("quick", "run", "--dataset", "digits");

    /// <summary>Rules mixed by layer, and layers trained one after the other, against random projections.</summary>
    public Task<UndisturbedSweep> Mixed() =>
        Undisturbed(
            "mixed",
            "compare",
            "--rules",
            "hidden=softhebb+output=backprop,backprop[layerwise=true],hidden=hebb+output=backprop[layerwise=true]",
            "--dataset",
            "digits",
            "--widths",
            "48",
            "--seeds",
            "5",
            "--limit",
            "3000"
        );

    /// <summary>Returns the path of a results folder that does not exist yet.</summary>
    public string NewFolder() => Path.Combine(Reproduce.Folder, $"r{++folders}");

    /// <summary>Waits for a random moment before a span is over.</summary>
    public Task RandomMoment(TimeSpan span) => Task.Delay(span * Random.NextDouble());

    /// <summary>
    /// Starts a command and kills it once <paramref name="moment"/> has completed. A command that ends before that must
    /// end with code 0.
    /// </summary>
    /// <returns>Whether the command was killed.</returns>
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
            // The process has just ended and was disposed of.
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
