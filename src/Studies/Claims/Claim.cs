using Reproduction.Studies.Comparisons;

namespace Reproduction.Studies.Claims;

/// <summary>A statement of a paper, and how the saved results decide it.</summary>
/// <param name="Id">E.g. "C1/32/ridge": the claim, then what part of it is decided.</param>
/// <param name="Source">Where the statement is printed.</param>
/// <param name="Statement">The statement in words, as it is tested.</param>
/// <param name="Printed">The number that the statement rests on, as printed.</param>
/// <param name="DataSet">The id of the data set that decides it.</param>
/// <param name="Experiment">The id of the experiment that decides the claim; further experiments that it needs belong
/// to the same paper.</param>
/// <param name="Rule">The rule of decision in words, with its thresholds.</param>
/// <param name="Decide">Computes the finding from the saved tables.</param>
public sealed record Claim(
    string Id,
    ClaimSource Source,
    string Statement,
    string Printed,
    string DataSet,
    string Experiment,
    string Rule,
    Func<Evidence, Finding> Decide
)
{
    /// <summary>
    /// A difference in accuracy that matters, in points: one that is shown to be smaller is none.
    /// </summary>
    public const double Margin = 100 * DecisionTerms.DefaultMargin;

    /// <summary>What a claim without a number has for <see cref="Printed"/>.</summary>
    public const string NoNumber = "in words";

    /// <summary>What kind of statement it is.</summary>
    public ClaimKind Kind { get; init; }

    /// <summary>
    /// The names of the paper's experiments that decide the claim, each with the runs of it that do; by default all of
    /// <see cref="Experiment"/>.
    /// </summary>
    public IReadOnlyList<ClaimNeed> Needs
    {
        get => field ?? [new ClaimNeed(Experiment.Split('/')[1], _ => true)];
        init;
    }
}
