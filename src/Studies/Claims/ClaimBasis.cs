namespace Reproduction.Studies.Claims;

/// <summary>What was at hand of the text that makes a claim.</summary>
public enum ClaimBasis
{
    /// <summary>The whole text.</summary>
    FullText,

    /// <summary>The abstract alone.</summary>
    Abstract,

    /// <summary>A note about the work by one of its authors.</summary>
    Note,
}
