namespace Reproduction.Network;

/// <summary>The loss at the output; t is the target of a sample and y the network's output.</summary>
public enum Loss
{
    /// <summary>
    /// The loss that matches the output layer: cross-entropy for softmax, squared error for all other activations.
    /// </summary>
    Matched,

    /// <summary>−Σ t log y, for a softmax output layer.</summary>
    CrossEntropy,

    /// <summary>½‖y − t‖².</summary>
    SquaredError,
}
