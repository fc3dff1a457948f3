using Reproduction.Data;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>What the note's claims have in common.</summary>
internal static class Evidences
{
    /// <summary>A claim in words, on MNIST.</summary>
    /// <param name="section">The section of the note.</param>
    /// <param name="quoted">What stands there.</param>
    /// <param name="kind">A finding of the suite where the note's method is tested with a step put right: as it is
    /// written it does not learn.</param>
    public static Claim Claim(
        string id,
        string section,
        string quoted,
        string statement,
        string experiment,
        string rule,
        Func<Evidence, Finding> decide,
        ClaimKind kind = ClaimKind.Finding
    ) =>
        new(
            id,
            new ClaimSource("A Backpropagation Alternative", $"{section}: “{quoted}”", ClaimBasis.FullText),
            statement,
            Studies.Claims.Claim.NoNumber,
            IdxDataSet.Mnist.Id,
            $"{TargetPropagationProtocol.Paper}/{experiment}",
            rule,
            decide
        )
        {
            Kind = kind,
        };
}
