namespace Reproduction.Network;

/// <summary>What a learning rule may see besides the network's own activity. The trainer hands it no more.</summary>
public enum Supervision
{
    /// <summary>Nothing: the rule is unsupervised.</summary>
    None,

    /// <summary>The target output of every sample.</summary>
    Target,
}
