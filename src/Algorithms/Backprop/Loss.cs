namespace Reproduction.Algorithms.Backprop;

/// <summary>What backpropagation descends; t is the one-hot target and y the network's output.</summary>
public enum Loss
{
    /// <summary>
    /// The one that belongs to the output layer: cross-entropy to softmax, squared error to all others.
    /// </summary>
    Matched,

    /// <summary>−Σ t log y, for a softmax output layer.</summary>
    CrossEntropy,

    /// <summary>½‖y − t‖².</summary>
    SquaredError,
}
