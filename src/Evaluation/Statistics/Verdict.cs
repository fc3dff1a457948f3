namespace Reproduction.Statistics;

/// <summary>What a comparison with random projections says of a rule.</summary>
public enum Verdict
{
    /// <summary>No difference could be shown.</summary>
    Ties,

    /// <summary>Better, at the family's level.</summary>
    Beats,

    /// <summary>Worse, at the family's level.</summary>
    Loses,
}
