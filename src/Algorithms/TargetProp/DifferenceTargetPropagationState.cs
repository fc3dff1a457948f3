namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// What difference target propagation remembers: the inverses of all layers between two hidden ones, drawn at the first
/// batch.
/// </summary>
public sealed class DifferenceTargetPropagationState
{
    /// <summary>From the second layer to the last hidden one; empty before the first batch.</summary>
    public List<LearnedInverse> Inverses { get; init; } = [];
}
