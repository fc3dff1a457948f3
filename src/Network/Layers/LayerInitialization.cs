namespace Reproduction.Network;

/// <summary>What an initialization of a network means for one of its layers.</summary>
public static class LayerInitialization
{
    /// <summary>As <paramref name="initialization"/> draws that layer.</summary>
    /// <param name="layer">0 is the layer that sees the input: inputs have both signs, so no sign of its weights
    /// matches anything.</param>
    public static Initialization Of(Initialization initialization, int layer) =>
        layer == 0 && initialization is (Initialization.SignMatched or Initialization.SignMatchedScaled)
            ? Initialization.He
            : initialization;
}
