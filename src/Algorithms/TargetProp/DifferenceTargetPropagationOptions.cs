using Reproduction.Network;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>Options of <see cref="DifferenceTargetPropagation"/>.</summary>
public sealed record DifferenceTargetPropagationOptions
{
    [RuleOption("whether inverses learn from a batch before targets are made of it, or after")]
    public InverseSchedule Schedule { get; init; } = InverseSchedule.Alternating;

    [RuleOption(
        "step down the loss's gradient that makes the last hidden layer's target, of the summed loss of a sample",
        Minimum = 0,
        IsMinimumExcluded = true
    )]
    public double TargetStep { get; init; } = 0.1;

    [RuleOption("learning rate of the inverses, by SGD with momentum 0.9", Minimum = 0)]
    public double InverseRate { get; init; } = 0.01;

    [RuleOption("deviation of the noise around which inverses are learned", Minimum = 0)]
    public double InverseNoise { get; init; } = 0.1;
}
