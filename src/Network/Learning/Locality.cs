namespace Reproduction.Network;

/// <summary>
/// Which layers a learning rule may read to compute the change of one layer. What it may see of errors and targets is
/// declared separately, by <see cref="Supervision"/>.
/// </summary>
public enum Locality
{
    /// <summary>The layer alone: its weights, its input and its output.</summary>
    Layer,

    /// <summary>The layer and the layer directly above it.</summary>
    NextLayer,

    /// <summary>All layers.</summary>
    Network,
}
