namespace Reproduction.Studies.Claims;

/// <summary>Where a statement is printed, and what was at hand of it.</summary>
/// <param name="Work">The paper, or another text, by its name.</param>
/// <param name="Place">The table, figure or section, with the statement's own words where they are at hand.</param>
/// <param name="Basis">What was at hand.</param>
public sealed record ClaimSource(string Work, string Place, ClaimBasis Basis)
{
    /// <summary>The work and the place.</summary>
    public string Text => $"{Work}, {Place}";
}
