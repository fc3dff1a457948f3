namespace Reproduction.Statistics;

/// <summary>The verdict on a rule after its comparison with random projections.</summary>
public enum GateVerdict
{
    /// <summary>No difference could be shown.</summary>
    Ties,

    /// <summary>The rule is better, at the family's level.</summary>
    Beats,

    /// <summary>The rule is worse, at the family's level.</summary>
    Loses,
}
