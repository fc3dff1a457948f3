using Reproduction.Statistics;

namespace Reproduction.Studies.Claims;

/// <summary>What came of a claim.</summary>
/// <param name="Value">Our number, with its interval.</param>
/// <param name="Verdict">"reproduced", "not reproduced", "artefact of …" or "not testable".</param>
/// <param name="Seeds">How many seeds it rests on, or other samples where they are not seeds.</param>
public sealed record Finding(string Value, string Verdict, int Seeds)
{
    /// <summary>The verdict of a claim that cannot be decided.</summary>
    public const string NotTestable = "not testable";

    private const string Reproduced = "reproduced";

    // Below it, a verdict is provisional.
    private const int FewestSeeds = RandomProjectionGate.FewestSeeds;

    /// <summary>Whether it is reproduced.</summary>
    public bool Holds => Verdict == Reproduced;

    /// <summary>"reproduced" or "not reproduced".</summary>
    public static Finding Of(string value, bool holds, int seeds) =>
        new(value, holds ? Reproduced : "not reproduced", seeds);

    /// <summary>The claim's effect goes with any one of these faults alone repaired.</summary>
    public static Finding ArtefactOf(string value, IReadOnlyList<string> faults, int seeds) =>
        new(value, $"artefact of {string.Join(", ", faults)}", seeds);

    /// <summary>The verdict, and that it is provisional where there are too few seeds.</summary>
    public string Text => Verdict == NotTestable || Seeds >= FewestSeeds ? Verdict : $"{Verdict} (provisional)";
}
