namespace Reproduction.Network;

/// <summary>Maps the initialization of a network to the initialization of each layer.</summary>
public static class LayerInitialization
{
    /// <summary>Returns the initialization that one layer uses under <paramref name="initialization"/>.</summary>
    /// <param name="layer">The layer's index; 0 is the first layer. It is never sign-matched, because inputs have both
    /// signs.</param>
    public static Initialization Of(Initialization initialization, int layer) =>
        layer == 0 && initialization is (Initialization.SignMatched or Initialization.SignMatchedScaled)
            ? Initialization.He
            : initialization;
}
