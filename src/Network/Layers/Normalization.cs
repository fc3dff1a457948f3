namespace Reproduction.Network;

/// <summary>How a dense layer's input is normalised before it is multiplied by the weights.</summary>
public enum Normalization
{
    /// <summary>No normalisation.</summary>
    None,

    /// <summary><see cref="LayerNormalization"/>, over the units of each sample.</summary>
    Layer,

    /// <summary><see cref="BatchNormalization"/>, over the samples of a batch.</summary>
    Batch,
}
