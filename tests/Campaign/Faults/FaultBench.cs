namespace Reproduction.Campaign.Faults;

/// <summary>What every kind of fault is tried with.</summary>
/// <param name="Small">A sweep of many small runs.</param>
/// <param name="Random">When and where faults strike.</param>
internal sealed record FaultBench(Executable Reproduce, UndisturbedSweep Small, Random Random)
{
    private int folders;

    /// <summary>Arguments of <see cref="Small"/>: a search, and runs that depend on what it found.</summary>
    public static string[] SmallSweep { get; } = ["run", "truncation-ladder", "--dataset", "robot-arm", "--seeds", "2"];

    /// <summary>The path of a results folder that is not there yet.</summary>
    public string NewFolder() => Path.Combine(Reproduce.Folder, $"r{++folders}");

    /// <summary>Waits for a random moment before a span is over.</summary>
    public Task RandomMoment(TimeSpan span) => Task.Delay(span * Random.NextDouble());
}
