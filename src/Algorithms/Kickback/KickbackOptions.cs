using Reproduction.Network;

namespace Reproduction.Algorithms.Kickback;

/// <summary>Options of <see cref="KickbackRule"/>.</summary>
public sealed record KickbackOptions
{
    [RuleOption(
        "layers that influence is followed through: 1 is Kickback, the number of hidden layers is "
            + "backprop, 0 leaves hidden layers as drawn, whatever the influence",
        Minimum = 0,
        Maximum = 64
    )]
    public int Hops { get; init; } = 1;

    [RuleOption("influence of a hidden unit: truncated after the hops, or constant (error diffusion)")]
    public Influence Influence { get; init; } = Influence.Truncated;

    [RuleOption("how influence passes through a normalisation: as the exact derivative, or by its scale alone")]
    public NormalizationPass NormalizationPass { get; init; } = NormalizationPass.Exact;
}
