namespace Reproduction.Statistics;

/// <summary>What a difference in accuracy is meant to hold for.</summary>
public enum Estimand
{
    /// <summary>New seeds and new test samples of the same data set.</summary>
    SeedsAndSamples,

    /// <summary>New seeds on the very test samples at hand.</summary>
    Seeds,
}
