namespace Reproduction.Studies.Claims;

/// <summary>What kind of statement a claim is. They are counted apart.</summary>
public enum ClaimKind
{
    /// <summary>A statement of a paper that only an experiment can decide.</summary>
    Empirical,

    /// <summary>A statement of a paper that follows from its equations; what is tested is the code.</summary>
    Identity,

    /// <summary>
    /// A finding of this suite and not a statement of the paper: the paper's comparison under a probe or on data that
    /// it never used, or its method with a step put right.
    /// </summary>
    Finding,
}
