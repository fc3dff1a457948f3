namespace Reproduction.Algorithms.TargetProp;

/// <summary>What is made of the variance of a batch's factors.</summary>
public enum Gate
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>
    /// The step shrinks by f̄²/(f̄² + var/N): little is left of one that the batch does not agree on.
    /// </summary>
    Variance,
}
