namespace Reproduction.Campaign;

/// <summary>What came of one kind of trial.</summary>
/// <param name="Trials">How often it was tried; 0 if it cannot be tried here.</param>
/// <param name="Losses">How often something was lost, torn or other than it must be.</param>
/// <param name="Seen">In words, for the page.</param>
internal sealed record TrialResult(string Name, int Trials, int Losses, string Seen)
{
    /// <summary>One that cannot be tried here.</summary>
    public static TrialResult NotTried(string name, string reason) => new(name, 0, 0, $"not tried: {reason}");
}
