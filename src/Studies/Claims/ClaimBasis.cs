namespace Reproduction.Studies.Claims;

/// <summary>What was at hand of the text that makes a claim.</summary>
public enum ClaimBasis
{
    /// <summary>The whole text.</summary>
    FullText,

    /// <summary>A summary of the text.</summary>
    Summary,

    /// <summary>The abstract alone.</summary>
    Abstract,

    /// <summary>A note on the author's own work, in full.</summary>
    Note,
}
