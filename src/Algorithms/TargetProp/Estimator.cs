namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// How far to move along a direction, from the batch's factors f_i = dy_i/s_i; s_i is what a step of 1 along the
/// direction changes the i-th output by.
/// </summary>
public enum Estimator
{
    /// <summary>
    /// f* = Σ dy_i s_i / Σ s_i², the exact line search of the squared error; of several directions at once (SᵀS)⁻¹Sᵀdy.
    /// </summary>
    LeastSquares,

    /// <summary>The mean of f_i with the denominators that the algebra asks for.</summary>
    Mean,

    /// <summary>The mean of f_i without the tenth at either end.</summary>
    Trimmed,

    /// <summary>The median of f_i.</summary>
    Median,

    /// <summary>
    /// The mean of f_i by the letter of the text, in which the denominators of the weight and the activation step are
    /// exchanged.
    /// </summary>
    AsWritten,
}
