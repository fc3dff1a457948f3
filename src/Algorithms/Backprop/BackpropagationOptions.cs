using Reproduction.Network;

namespace Reproduction.Algorithms.Backprop;

/// <summary>Options of <see cref="Backpropagation"/>.</summary>
public sealed record BackpropagationOptions
{
    [RuleOption(
        "the loss that is descended, averaged over the batch; matched: cross-entropy for a softmax "
            + "output layer, else squared error"
    )]
    public Loss Loss { get; init; } = Loss.Matched;
}
