using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// A learning rule reads the record of a forward pass and proposes a change of the weights. One shared optimizer and
/// constraint apply the change. The rule object holds only the rule's options; everything that the rule must remember
/// between batches is its state.
/// </summary>
public interface ILearningRule
{
    Supervision Supervision { get; }

    /// <summary>
    /// Which layers the change of a layer depends on: all layers, unless the rule declares fewer. The
    /// <c>conformance</c> command checks what the rule declares.
    /// </summary>
    Locality Locality => Locality.Network;

    /// <summary>
    /// The matrices that the rule has beside the layers' weights. They are drawn before the first batch; the rule reads
    /// them from <see cref="LearningStep.Parameters"/> and proposes their changes by their names.
    /// </summary>
    IReadOnlyList<ParameterDeclaration> Parameters(FeedForwardNetwork network) => [];

    /// <summary>
    /// Creates the state before the first batch. System.Text.Json must be able to write it and read it back through its
    /// public properties. Null if the rule remembers nothing.
    /// </summary>
    /// <param name="random">The run's named random streams, the same that the steps hand over.</param>
    /// <exception cref="ArgumentException">The rule refuses the network; the message says what to do.</exception>
    object? CreateState(FeedForwardNetwork network, RandomStreams random);

    /// <summary>
    /// Writes the change of each layer that the rule wants to change into <paramref name="proposal"/>, per unit of
    /// learning rate. The rule must not modify its inputs, except <see cref="LearningStep.State"/>.
    /// </summary>
    void Propose(LearningStep step, Proposal proposal);
}
