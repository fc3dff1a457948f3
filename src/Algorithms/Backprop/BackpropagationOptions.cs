using Reproduction.Network;

namespace Reproduction.Algorithms.Backprop;

/// <summary>Options of <see cref="Backpropagation"/>.</summary>
public sealed record BackpropagationOptions
{
    [RuleOption("the loss that is descended, averaged over the batch")]
    public Loss Loss { get; init; } = Loss.CrossEntropy;
}
