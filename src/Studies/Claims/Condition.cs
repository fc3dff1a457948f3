namespace Reproduction.Studies.Claims;

/// <summary>
/// What a claim asserts, as a statement about numbers that are known but for an interval: it can be shown, refuted, or
/// neither.
/// </summary>
public abstract class Condition
{
    /// <summary>Whether the condition is shown to hold, with a probability of error of at most α.</summary>
    public abstract bool IsShown(double alpha);

    /// <summary>Whether the condition is shown not to hold, with a probability of error of at most α.</summary>
    public abstract bool IsRefuted(double alpha);

    /// <summary>The number that the verdict hangs on.</summary>
    public abstract Contrast Deciding { get; }

    /// <summary>
    /// How many standard errors <see cref="Deciding"/> is from its threshold: positive where the estimate agrees with
    /// the condition. Infinite for a number that has no error.
    /// </summary>
    public abstract double Distance { get; }

    /// <summary>All numbers of the condition, in order.</summary>
    public abstract IEnumerable<Contrast> Contrasts { get; }

    /// <summary>
    /// All of some conditions. It is shown where each is at level α by itself (an intersection–union test), and refuted
    /// where one is at α/k (Bonferroni).
    /// </summary>
    public static Condition All(params IEnumerable<Condition> parts) => new Several([.. parts], isAll: true);

    /// <summary>One at least of some conditions: the other way round.</summary>
    public static Condition Any(params IEnumerable<Condition> parts) => new Several([.. parts], isAll: false);

    /// <summary>The contrary of a condition.</summary>
    public static Condition Not(Condition condition) => new Contrary(condition);

    private sealed class Several(IReadOnlyList<Condition> parts, bool isAll) : Condition
    {
        public override Contrast Deciding => Weakest.Deciding;

        public override double Distance => Weakest.Distance;

        public override IEnumerable<Contrast> Contrasts => parts.SelectMany(part => part.Contrasts);

        // NaN compares as smaller than all numbers.
        private Condition Weakest => isAll ? parts.MinBy(part => part.Distance)! : parts.MaxBy(part => part.Distance)!;

        public override bool IsShown(double alpha) =>
            isAll ? parts.All(part => part.IsShown(alpha)) : parts.Any(part => part.IsShown(alpha / parts.Count));

        public override bool IsRefuted(double alpha) =>
            isAll ? parts.Any(part => part.IsRefuted(alpha / parts.Count)) : parts.All(part => part.IsRefuted(alpha));
    }

    private sealed class Contrary(Condition condition) : Condition
    {
        public override Contrast Deciding => condition.Deciding;

        public override double Distance => -condition.Distance;

        public override IEnumerable<Contrast> Contrasts => condition.Contrasts;

        public override bool IsShown(double alpha) => condition.IsRefuted(alpha);

        public override bool IsRefuted(double alpha) => condition.IsShown(alpha);
    }
}
