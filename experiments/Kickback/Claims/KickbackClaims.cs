using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.Kickback.Claims;

/// <summary>
/// What is claimed of Kickback, K1 to K7, by "Revisiting Kickback" (2022) and by the abstract of arXiv 1411.6191: a
/// class for each.
/// </summary>
internal sealed class KickbackClaims : PaperClaims
{
    /// <inheritdoc/>
    public override string Paper => KickbackProtocol.Paper;

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims =>
        [
            .. K1CoherenceAmplifies.Claims,
            .. K2NormalizationKeepsCoherence.Claims,
            .. K3OneOutputIsNeeded.Claims,
            .. K4OnlyAdamwHelps.Claims,
            .. K5UpdateIsLocal.Claims,
            .. K6MatchesBackprop.Claims,
            .. K7FeaturesBeatRandomProjections.Claims,
        ];
}
