using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>A learning rule whose state has the type <typeparamref name="TState"/>.</summary>
public abstract class LearningRule<TState> : ILearningRule
    where TState : class
{
    /// <inheritdoc/>
    public abstract Supervision Supervision { get; }

    /// <inheritdoc/>
    public virtual Locality Locality => Locality.Network;

    /// <inheritdoc cref="ILearningRule.Parameters"/>
    public virtual IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) => [];

    object? ILearningRule.CreateState(FeedForwardNetwork network, RandomStreams random) => CreateState(network, random);

    void ILearningRule.Propose(LearningStep step, Proposal proposal) =>
        Propose(
            step,
            (TState)(
                step.State ?? throw new InvalidOperationException($"{GetType().Name} was called without its state.")
            ),
            proposal
        );

    /// <inheritdoc cref="ILearningRule.CreateState"/>
    protected abstract TState CreateState(FeedForwardNetwork network, RandomStreams random);

    /// <inheritdoc cref="ILearningRule.Propose"/>
    protected abstract void Propose(LearningStep step, TState state, Proposal proposal);
}
