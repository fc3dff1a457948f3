namespace Reproduction.Algorithms.TargetProp;

/// <summary>What the output layer is to say.</summary>
public enum OutputTarget
{
    /// <summary>The target itself: one-hot for classes.</summary>
    Exact,

    /// <summary>
    /// The output moved down the gradient of its loss: of classes the cross-entropy of its softmax, y + (t −
    /// softmax(y)); of real numbers half the squared error, which makes it the target itself.
    /// </summary>
    Gradient,

    /// <summary>
    /// Of classes +1 for the class and −1 for the others, and no error where the output is beyond that already; of real
    /// numbers the target itself.
    /// </summary>
    Margin,
}
