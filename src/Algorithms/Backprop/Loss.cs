namespace Reproduction.Algorithms.Backprop;

/// <summary>What backpropagation descends; t is the one-hot target and y the network's output.</summary>
public enum Loss
{
    /// <summary>−Σ t log y, for a softmax output layer.</summary>
    CrossEntropy,

    /// <summary>½‖y − t‖².</summary>
    SquaredError,
}
