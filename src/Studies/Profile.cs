namespace Reproduction.Studies;

/// <summary>The amount of computing that an answer may cost.</summary>
public enum Profile
{
    /// <summary>One seed: minutes.</summary>
    Quick,

    /// <summary>Ten seeds: what a claim needs.</summary>
    Paper,
}
