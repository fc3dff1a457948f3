using Reproduction.Evaluation.Records;
using Reproduction.Statistics;

namespace Reproduction.Studies.Claims;

/// <summary>What the results say of a claim.</summary>
/// <param name="Claim">What the claim asserts of the results.</param>
/// <param name="Details">What else a reader should know, such as the numbers behind; may be empty.</param>
public sealed record Finding(Condition Claim, string Details = "")
{
    /// <summary>The verdict of a claim that cannot be decided, in words.</summary>
    public static readonly string NotTestable = TextOf(ClaimVerdict.NotTestable);

    private const double Alpha = 1 - Effect.Level;

    /// <summary>
    /// Faults whose repair may take away what the claim asserts, each with the condition that it does. If the claim is
    /// shown, it is an artefact of those for which that is shown, each at α over their number, and reproduced only if
    /// it is refuted for all of them.
    /// </summary>
    public IReadOnlyList<(string Fault, Condition Removes)> Repairs { get; init; } = [];

    /// <summary>
    /// A fault that may account for what was printed where the claim is refuted, with the condition that it does; null
    /// if there is none.
    /// </summary>
    public (string Fault, Condition Accounts)? Mistake { get; init; }

    /// <summary>
    /// Further details that take a while, computed only where they are read. A verdict without one of the seeds needs
    /// none of them.
    /// </summary>
    public Func<string>? Further { get; init; }

    /// <summary>The verdict.</summary>
    public ClaimVerdict Verdict => Decided.Verdict;

    /// <summary>"reproduced", "artefact of F1, F9".</summary>
    public string VerdictText =>
        Verdict == ClaimVerdict.Artefact ? $"artefact of {string.Join(", ", Decided.Faults)}" : TextOf(Verdict);

    /// <summary>The decision that the verdict hangs on.</summary>
    public Decision Decision => Decided.Decision;

    /// <summary>All numbers with their intervals, in words.</summary>
    public string Value
    {
        get
        {
            string numbers = string.Join("; ", Claim.Contrasts.Select(contrast => contrast.Quantity.Text).Distinct());
            return string.Join(
                "; ",
                new[] { numbers, Details, Further?.Invoke() }.Where(part => part is { Length: > 0 })
            );
        }
    }

    private Outcome Decided => field ??= Decide();

    private Outcome Decide()
    {
        Decision claim = Claim.Decide(Alpha);
        return claim.Truth switch
        {
            Truth.Shown => OfAShownClaim(claim),
            Truth.Refuted when Mistake?.Accounts.Decide(Alpha) is { Truth: Truth.Shown } accounts => new(
                ClaimVerdict.Artefact,
                [Mistake.Value.Fault],
                accounts
            ),
            Truth.Refuted => new(ClaimVerdict.NotReproduced, [], claim),
            _ => new(ClaimVerdict.Inconclusive, [], claim),
        };
    }

    private Outcome OfAShownClaim(Decision claim)
    {
        (string Fault, Decision Removes)[] removing =
        [
            .. from repair in Repairs
            let removes = repair.Removes.Decide(Alpha / Repairs.Count)
            where removes.Truth == Truth.Shown
            select (repair.Fault, removes),
        ];
        if (removing.Length > 0)
        {
            return new Outcome(
                ClaimVerdict.Artefact,
                [.. removing.Select(repair => repair.Fault)],
                removing.MaxBy(repair => repair.Removes.Distance).Removes
            );
        }

        // Less data must not favour "reproduced": no fault may be left that could account for it.
        Decision[] stays = [.. Repairs.Select(repair => Stays(repair.Removes)), claim];
        Decision hangsOn =
            stays.Where(decision => decision.Truth != Truth.Shown).MinBy(decision => decision.Distance)
            ?? stays.MinBy(decision => decision.Distance)!;
        return new(hangsOn.Truth == Truth.Shown ? ClaimVerdict.Reproduced : ClaimVerdict.Inconclusive, [], hangsOn);
    }

    /// <summary>
    /// That a repair does not take the claim away. If it does at α alone, the level of all faults left it open.
    /// </summary>
    private Decision Stays(Condition removes)
    {
        Condition stays = Condition.Not(removes);
        Decision alone = stays.Decide(Alpha);
        return alone.Truth == Truth.Refuted ? stays.Decide(Alpha / Repairs.Count) : alone;
    }

    private sealed record Outcome(ClaimVerdict Verdict, IReadOnlyList<string> Faults, Decision Decision);

    private static string TextOf(ClaimVerdict verdict) => KebabCase.From(verdict).Replace('-', ' ');
}
