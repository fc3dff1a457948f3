using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>
/// What "A Backpropagation Alternative" claims, T1 to T7, in words, as the note reports no experiment, and what it
/// claims once a step is put right, as this suite does: a class for each.
/// </summary>
internal sealed class TargetPropagationClaims : PaperClaims
{
    /// <inheritdoc/>
    public override string Paper => TargetPropagationProtocol.Paper;

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims =>
        [
            .. T1LengthNoise.Claims,
            .. T2AndT3ReducesTheError.Claims,
            .. T4VarianceMarksDirections.Claims,
            .. T5MoreDirectionsHelp.Claims,
            .. T6LikeConjugateGradients.Claims,
            .. T7TrainsLowerLayers.Claims,
        ];
}
