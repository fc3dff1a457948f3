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
    /// Faults that may account for what was printed, each with the condition that it does. They are read one by one, so
    /// each is shown at level α over their number.
    /// </summary>
    public IReadOnlyList<(string Fault, Condition Accounts)> Explanations { get; init; } = [];

    /// <summary>The faults that are shown to account for what was printed.</summary>
    public IReadOnlyList<string> Faults =>
        [
            .. Explanations
                .Where(fault => fault.Accounts.IsShown(Alpha / Explanations.Count))
                .Select(fault => fault.Fault),
        ];

    /// <summary>The verdict.</summary>
    public ClaimVerdict Verdict =>
        Faults.Count > 0 ? ClaimVerdict.Artefact
        : Claim.IsShown(Alpha) ? ClaimVerdict.Reproduced
        : Claim.IsRefuted(Alpha) ? ClaimVerdict.NotReproduced
        : ClaimVerdict.Inconclusive;

    /// <summary>"reproduced", "artefact of F1, F9".</summary>
    public string VerdictText =>
        Verdict == ClaimVerdict.Artefact ? $"artefact of {string.Join(", ", Faults)}" : TextOf(Verdict);

    /// <summary>The condition that the verdict hangs on: that of the claim, or that a fault accounts for it.</summary>
    public Condition Deciding =>
        Verdict == ClaimVerdict.Artefact ? Condition.Any(Explanations.Select(fault => fault.Accounts)) : Claim;

    /// <summary>All numbers with their intervals, in words.</summary>
    public string Value
    {
        get
        {
            string numbers = string.Join("; ", Claim.Contrasts.Select(contrast => contrast.Quantity.Text).Distinct());
            return Details.Length > 0 ? $"{numbers}; {Details}" : numbers;
        }
    }

    private static string TextOf(ClaimVerdict verdict) => KebabCase.From(verdict).Replace('-', ' ');
}
