namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// What target propagation remembers: the last blocks of directions of every layer, read where directions are drawn
/// conjugate to them.
/// </summary>
public sealed class TargetPropagationState
{
    /// <summary>A list a layer, of blocks in column-major order.</summary>
    public required List<float[]>[] Blocks { get; init; }
}
