namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// Which neurons of a sample learn, and with which sign. a is the softmax activity of n neurons; the winner has the
/// largest a.
/// </summary>
public enum CompetitiveMask
{
    /// <summary>
    /// As the paper's code does it: non-winners are negated, then all that is ≤ 1/n becomes 0. No negative value
    /// survives.
    /// </summary>
    AsCoded,

    /// <summary>
    /// As the paper's text prints it: +a for the winner, 0 for the others above 1/n, −a for the rest.
    /// </summary>
    AsPrinted,

    /// <summary>What the text argues for: a below or at 1/n becomes 0 first, then non-winners are negated.</summary>
    AntiHebbian,
}
