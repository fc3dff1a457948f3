namespace Reproduction.Network;

/// <summary>
/// What a learning rule may read of the network for the change of one layer. What it is told of errors and targets is
/// another matter: <see cref="Supervision"/>.
/// </summary>
public enum Locality
{
    /// <summary>The layer alone: its weights, what came in, and what it put out.</summary>
    Layer,

    /// <summary>The layer and the one right above it.</summary>
    NextLayer,

    /// <summary>All layers.</summary>
    Network,
}
