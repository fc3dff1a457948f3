using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Options of <see cref="HebbNet"/>.</summary>
public sealed record HebbNetOptions
{
    [RuleOption("share of neurons that do not learn from a batch", Minimum = 0, Maximum = 1)]
    public double Sparsity { get; init; } = 0.8;

    [RuleOption(
        "weight of the past in the activity threshold; the code keeps 0.05 of it, a slow mean would keep 0.95",
        Minimum = 0,
        Maximum = 1
    )]
    public double MeanDecay { get; init; } = 0.05;

    [RuleOption("whether all learning neurons but the one with the largest step learn with the sign flipped")]
    public bool AntiHebbian { get; init; } = true;
}
