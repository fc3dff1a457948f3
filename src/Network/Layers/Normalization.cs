namespace Reproduction.Network;

/// <summary>What is done to a dense layer's input before the product with its weights.</summary>
public enum Normalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary><see cref="LayerNormalization"/>.</summary>
    Layer,

    /// <summary><see cref="BatchNormalization"/>.</summary>
    Batch,
}
