namespace Reproduction.Campaign;

/// <summary>The outcome of one kind of trial.</summary>
/// <param name="Trials">The number of trials; 0 if this kind cannot be tried here.</param>
/// <param name="Losses">How often something was lost, torn or wrong.</param>
/// <param name="Seen">What was seen, in words for the page.</param>
internal sealed record TrialResult(string Name, int Trials, int Losses, string Seen)
{
    /// <summary>Returns the outcome of a kind of trial that is impossible here.</summary>
    public static TrialResult NotTried(string name, string reason) => new(name, 0, 0, $"not tried: {reason}");
}
