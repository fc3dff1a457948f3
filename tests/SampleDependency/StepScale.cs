namespace SampleDependency;

/// <summary>What a rule of the sample plugin takes from an assembly of its own.</summary>
public static class StepScale
{
    /// <summary>One over the samples of a batch.</summary>
    public static float Of(int samples) => 1f / samples;
}
