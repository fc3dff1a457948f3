namespace Reproduction.Studies.Claims;

/// <summary>What became of a claim.</summary>
public enum ClaimVerdict
{
    /// <summary>The results show neither that it holds nor that it does not.</summary>
    Inconclusive,

    /// <summary>It is shown to hold.</summary>
    Reproduced,

    /// <summary>It is shown not to hold.</summary>
    NotReproduced,

    /// <summary>What was printed comes of a fault.</summary>
    Artefact,

    /// <summary>What it needs was not run, or its results are damaged.</summary>
    NotTestable,
}
