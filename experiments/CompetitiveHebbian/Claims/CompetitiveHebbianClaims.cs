using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>What "Learning Dynamics in Competitive Hebbian Learning" claims, C1 to C12: a class for each.</summary>
internal sealed class CompetitiveHebbianClaims : PaperClaims
{
    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims =>
        [
            .. C1RandomWins.Claims,
            .. C2CompetitiveWins.Claims,
            .. C3RandomGetsWorse.Claims,
            .. C4HebbNetIsSparse.Claims,
            .. C5SoftHebbIsEven.Claims,
            .. C6CompetitiveEvensOut.Claims,
            .. C7CompetitiveAtChance.Claims,
            .. C8GiniDipsAndRises.Claims,
            .. C9FeaturesShowObjects.Claims,
            .. C10AntiHebbianIsEssential.Claims,
            .. C11DeadNeuronsGoWithAccuracy.Claims,
            .. C12FinalGini.Claims,
        ];
}
