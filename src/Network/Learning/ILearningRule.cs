namespace Reproduction.Network;

/// <summary>
/// A learning rule reads the record of a forward pass and proposes a change of weights. It does not apply it: one
/// shared optimizer and
/// constraint do. The object itself only holds the rule's options; what it must remember between batches is its state.
/// </summary>
public interface ILearningRule
{
    Supervision Supervision { get; }

    /// <summary>
    /// What the change of a layer depends on. All layers, unless the rule promises less; <c>conformance</c> holds it to
    /// that.
    /// </summary>
    Locality Locality => Locality.Network;

    /// <summary>
    /// The state before the first batch, which System.Text.Json can write and read back by its public properties; null
    /// if the rule remembers nothing.
    /// </summary>
    object? CreateState(FeedForwardNetwork network);

    /// <summary>
    /// Writes the wanted change of each layer it wants to change, per unit of learning rate, into
    /// <paramref name="proposal"/>.
    /// Inputs are not to be modified, except <see cref="LearningStep.State"/>.
    /// </summary>
    void Propose(LearningStep step, Proposal proposal);
}
