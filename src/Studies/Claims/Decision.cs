namespace Reproduction.Studies.Claims;

/// <summary>What is known of a condition, and the number that this hangs on.</summary>
/// <param name="Truth">Whether the condition is shown or refuted.</param>
/// <param name="HangsOn">The number: of a condition that is shown the one nearest to its threshold, of one that is
/// refuted the one that refutes it, else the one that is farthest from being shown.</param>
/// <param name="Level">The level of the interval with which that number was decided.</param>
public sealed record Decision(Truth Truth, Contrast HangsOn, double Level)
{
    /// <summary>
    /// What the number was shown to be, which is the contrary of a condition that is refuted; where nothing was shown,
    /// what it would have to be.
    /// </summary>
    public Contrast Conclusion => Truth == Truth.Refuted ? HangsOn.Negated() : HangsOn;

    /// <summary>How far the number lies on the right side of its threshold, in standard errors.</summary>
    public double Distance => HangsOn.Distance(1 - Level);

    /// <summary>The decision on the contrary. Where a run diverged, that a number was refuted shows nothing.</summary>
    internal Decision Negated() =>
        new(
            Truth switch
            {
                Truth.Shown => Truth.Refuted,
                Truth.Refuted when HangsOn.Quantity.Missing == 0 => Truth.Shown,
                _ => Truth.Open,
            },
            HangsOn.Negated(),
            Level
        );
}
