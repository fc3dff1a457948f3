namespace Reproduction.Studies.Claims;

/// <summary>
/// What a claim asserts, as a statement about numbers that are known but for an interval: it can be shown, refuted, or
/// neither.
/// </summary>
public abstract class Condition
{
    /// <summary>All numbers of the condition, in order.</summary>
    public abstract IEnumerable<Contrast> Contrasts { get; }

    /// <summary>Decides the condition at a level 1 − α.</summary>
    public abstract Decision Decide(double alpha);

    /// <summary>
    /// All of some conditions. It is shown where each is by itself at level α (an intersection–union test), and refuted
    /// where one is at α/k (Bonferroni).
    /// </summary>
    public static Condition All(params IEnumerable<Condition> parts) => new Conjunction([.. parts]);

    /// <summary>One at least of some conditions: shown where one is at α/k, refuted where each is at α.</summary>
    public static Condition Any(params IEnumerable<Condition> parts) => Not(All(parts.Select(Not)));

    /// <summary>The contrary of a condition.</summary>
    public static Condition Not(Condition condition) => new Negation(condition);

    private sealed class Conjunction(IReadOnlyList<Condition> parts) : Condition
    {
        public override IEnumerable<Contrast> Contrasts => parts.SelectMany(part => part.Contrasts);

        public override Decision Decide(double alpha)
        {
            Decision[] alone = [.. parts.Select(part => part.Decide(alpha))];
            if (alone.All(part => part.Truth == Truth.Shown))
            {
                return alone.MinBy(part => part.Distance)!;
            }

            Decision[] together = [.. parts.Select(part => part.Decide(alpha / parts.Count))];
            return together.Where(part => part.Truth == Truth.Refuted).MinBy(part => part.Distance)
                // Open: of the parts that are not shown the one that is farthest from it, at the level that left it so.
                ?? alone
                    .Zip(together, (own, one) => own.Truth == Truth.Refuted ? one : own)
                    .Where(part => part.Truth != Truth.Shown)
                    .MinBy(part => part.Distance)!;
        }
    }

    private sealed class Negation(Condition condition) : Condition
    {
        public override IEnumerable<Contrast> Contrasts => condition.Contrasts;

        public override Decision Decide(double alpha) => condition.Decide(alpha).Negated();
    }
}
