namespace Reproduction.Experiments.Claims;

/// <summary>What came of a claim.</summary>
/// <param name="Value">Our number, with its interval.</param>
/// <param name="Verdict">"reproduced", "not reproduced", "artefact of …" or "not testable".</param>
public sealed record Finding(string Value, string Verdict)
{
    private const string YesText = "reproduced";
    private const string NoText = "not reproduced";

    /// <summary>The verdict of a claim that cannot be decided.</summary>
    public const string NotTestable = "not testable";

    /// <summary>"reproduced" or "not reproduced".</summary>
    public static Finding Of(string value, bool holds) => new(value, holds ? YesText : NoText);

    /// <summary>The claim's effect is there as published, and goes with any one of these faults alone.</summary>
    public static Finding ArtefactOf(string value, IReadOnlyList<string> faults) => new(value, $"artefact of {string.Join(", ", faults)}");
}
