namespace SampleDependency;

/// <summary>The step scale of a rule in the sample plugin, which is in a separate assembly.</summary>
public static class StepScale
{
    /// <summary>Returns one over the number of samples in a batch.</summary>
    public static float Of(int samples) => 1f / samples;
}
