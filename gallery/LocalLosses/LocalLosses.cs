using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.LocalLosses;

/// <summary>
/// Local error signals: each hidden layer descends the cross-entropy of a linear classifier on its own activity
/// (<c>pred</c>), the difference between similarities of samples and of their labels (<c>sim</c>), or
/// .01 pred + .99 sim (<c>predsim</c>).
/// </summary>
[LearningRule(
    "local-losses",
    Summary = "each layer descends a loss of its own: a local classifier, similarities of samples, or both",
    Family = "local losses",
    Source = "Nøkland and Eidnes 2019, arXiv 1901.06656, eqs. 1 and 2",
    LearningRate = 0.0005,
    Optimizer = OptimizerKind.Adamw,
    Batch = 128,
    Activation = "leaky-relu",
    Initialization = Initialization.He,
    NeedsClasses = true
)]
public sealed class LocalLosses(LocalLossesOptions options) : ILearningRule
{
    private readonly LocalLoss local = options.Kind switch
    {
        LocalLossKind.Pred => new LocalLoss(1, 0, options.HeadRate),
        LocalLossKind.Sim => new LocalLoss(0, 1, options.HeadRate),
        _ => new LocalLoss(0.01, 0.99, options.HeadRate),
    };

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

/// <summary>Options of <see cref="LocalLosses"/>.</summary>
public sealed record LocalLossesOptions
{
    [RuleOption("the loss of a layer")]
    public LocalLossKind Kind { get; init; } = LocalLossKind.Pred;

    [RuleOption("what the learning rate of the local classifiers is multiplied by", Minimum = 0)]
    public double HeadRate { get; init; } = 1;
}

/// <summary>The loss of a layer.</summary>
public enum LocalLossKind
{
    /// <summary>Cross-entropy of a linear classifier on the layer's activity.</summary>
    Pred,

    /// <summary>Mean squared difference between similarities of samples and of their labels.</summary>
    Sim,

    /// <summary>.01 of the former and .99 of the latter.</summary>
    Predsim,
}
