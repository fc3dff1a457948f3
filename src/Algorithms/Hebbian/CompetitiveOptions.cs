using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Options of <see cref="Competitive"/>.</summary>
public sealed record CompetitiveOptions
{
    [RuleOption("softmax temperature T", Minimum = 0, IsMinimumExcluded = true)]
    public double Temperature { get; init; } = 1;

    [RuleOption("weight of the past in the running mean activity m", Minimum = 0, Maximum = 1)]
    public double MeanDecay { get; init; } = 0.95;

    [RuleOption(
        "which neurons learn: as the code, as the printed text, or with the inhibition that the text argues for"
    )]
    public CompetitiveMask Mask { get; init; } = CompetitiveMask.AsCoded;
}
