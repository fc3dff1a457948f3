namespace Reproduction.Network;

/// <summary>What a learning rule may see besides the network's own activity. The trainer hands it no more.</summary>
public enum Supervision
{
    /// <summary>Nothing: the rule is unsupervised.</summary>
    None,

    /// <summary>
    /// One number a sample: the derivative of the loss ½(y − t)² by the network's output. Of a network with several
    /// outputs, by all of them
    /// moving together: the sum of their derivatives.
    /// </summary>
    ScalarError,

    /// <summary>The target output of every sample.</summary>
    Target,
}
