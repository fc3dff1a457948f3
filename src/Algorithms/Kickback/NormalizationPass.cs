namespace Reproduction.Algorithms.Kickback;

/// <summary>How influence passes through a normalisation.</summary>
public enum NormalizationPass
{
    /// <summary>
    /// As the derivative says: a unit also moves the mean and the deviation that all units are normalised with.
    /// </summary>
    Exact,

    /// <summary>Divided by the deviation alone, which a unit can know of itself.</summary>
    Scale,
}
