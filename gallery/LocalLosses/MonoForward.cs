using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.LocalLosses;

/// <summary>
/// Mono-Forward: each hidden layer has a matrix M that turns its activity into one goodness per class, G = M h, and
/// descends the cross-entropy of their softmax. That is <see cref="LocalLosses"/> with <c>pred</c>, under another name
/// and with a learning rate of its own for M.
/// </summary>
[LearningRule(
    "mono-forward",
    Summary = "each layer descends the cross-entropy of its own goodness per class",
    Family = "local losses",
    Source = "Gong, Li and Abdulla 2025, arXiv 2501.09238, eqs. 2 to 6",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Initialization = Initialization.He,
    NeedsClasses = true
)]
public sealed class MonoForward(MonoForwardOptions options) : ILearningRule
{
    private readonly LocalLoss local = new(1, 0, options.HeadRate);

    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public Locality Locality => Locality.Layer;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) => local.Parameters(network);

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal) => local.Propose(step, proposal);
}

/// <summary>Options of <see cref="MonoForward"/>.</summary>
public sealed record MonoForwardOptions
{
    [RuleOption("what the learning rate of M is multiplied by", Minimum = 0)]
    public double HeadRate { get; init; } = 1;
}
