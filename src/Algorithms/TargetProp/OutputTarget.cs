namespace Reproduction.Algorithms.TargetProp;

/// <summary>What the output layer is to say.</summary>
public enum OutputTarget
{
    /// <summary>The target itself: one-hot for classes.</summary>
    Exact,

    /// <summary>The output moved down the gradient of the cross-entropy of its softmax: y + (t − softmax(y)).</summary>
    Gradient,

    /// <summary>+1 for the class and −1 for the others, and no error where the output is beyond that already.</summary>
    Margin,
}
