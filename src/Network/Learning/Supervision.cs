namespace Reproduction.Network;

/// <summary>
/// What a learning rule may see besides the network's own activity. The trainer gives it nothing more.
/// </summary>
public enum Supervision
{
    /// <summary>Nothing; the rule is unsupervised.</summary>
    None,

    /// <summary>
    /// One number per sample: the derivative of the loss ½(y − t)² with respect to the network's output. For a network
    /// with several outputs it is the derivative with respect to all outputs moving together, which is the sum of their
    /// derivatives.
    /// </summary>
    ScalarError,

    /// <summary>The target output of every sample.</summary>
    Target,
}
