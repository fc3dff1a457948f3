using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Options of <see cref="InfluenceHebb"/>.</summary>
public sealed record InfluenceHebbOptions
{
    [RuleOption("where a neuron's influence on the next layer is taken from")]
    public InfluenceSource Influence { get; init; } = InfluenceSource.Gradient;

    [RuleOption(
        "softmax temperature T, of the neurons' competition and of the next layer's output",
        Minimum = 0,
        IsMinimumExcluded = true
    )]
    public double Temperature { get; init; } = 1;
}
