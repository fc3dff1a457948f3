namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>How a network is set up and trained.</summary>
internal enum Setup
{
    /// <summary>As the paper's code did it: MNIST's pixel constants for all data, no layer normalisation.</summary>
    Published,

    /// <summary>As published, with each data set's own pixel constants.</summary>
    Corrected,

    /// <summary>As published, with the layer normalisation that the text has and the code never built.</summary>
    LayerNormalized,
}
