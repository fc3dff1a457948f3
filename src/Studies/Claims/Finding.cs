using Reproduction.Statistics;

namespace Reproduction.Studies.Claims;

/// <summary>The result of deciding a claim.</summary>
/// <param name="Value">Our number, with its interval.</param>
/// <param name="Verdict">"reproduced", "not reproduced", "artefact of …" or "not testable".</param>
/// <param name="Seeds">The number of seeds that the finding rests on, or of other samples where they are not
/// seeds.</param>
public sealed record Finding(string Value, string Verdict, int Seeds)
{
    /// <summary>The verdict of a claim that cannot be decided.</summary>
    public const string NotTestable = "not testable";

    /// <summary>
    /// Stands for the number of seeds of a finding that rests on fewer than its tests need, so that nothing is said.
    /// </summary>
    public const int TooFewSeeds = 0;

    /// <summary>The verdict in words where there are too few seeds to say anything.</summary>
    public const string Undecided = "too few seeds";

    private const string Reproduced = "reproduced";

    // Below it, nothing is said.
    private const int FewestSeeds = RandomProjectionGate.FewestSeeds;

    /// <summary>Whether the claim is reproduced.</summary>
    public bool Holds => Verdict == Reproduced;

    /// <summary>Returns a finding with the verdict "reproduced" or "not reproduced".</summary>
    public static Finding Of(string value, bool holds, int seeds) =>
        new(value, holds ? Reproduced : "not reproduced", seeds);

    /// <summary>
    /// Returns the finding that the claim's effect vanishes when any one of these faults alone is repaired.
    /// </summary>
    public static Finding ArtefactOf(string value, IReadOnlyList<string> faults, int seeds) =>
        new(value, $"artefact of {string.Join(", ", faults)}", seeds);

    /// <summary>The verdict in words, or that there are too few seeds.</summary>
    public string Text => Verdict == NotTestable || Seeds >= FewestSeeds ? Verdict : Undecided;
}
