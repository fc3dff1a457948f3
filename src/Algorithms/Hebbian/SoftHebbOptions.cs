using Reproduction.Network;

namespace Reproduction.Algorithms.Hebbian;

/// <summary>Options of <see cref="SoftHebb"/>.</summary>
public sealed record SoftHebbOptions
{
    [RuleOption("softmax temperature T", Minimum = 0, IsMinimumExcluded = true)]
    public double Temperature { get; init; } = 1;

    [RuleOption("whether the output layer learns too, as in the paper's code")]
    public bool TrainOutput { get; init; } = true;
}
