using MathNet.Numerics.LinearAlgebra;

namespace Reproduction.Network;

/// <summary>
/// A rule whose units do not compute f(Wx + b): it says itself how their activity settles and how classes are scored.
/// What it settles is what it learns from, what probes read and what accuracy is measured on; the untrained network
/// infers in the same way, with the parameters as drawn.
/// </summary>
/// <remarks>
/// Activity is a function of the network, the rule's parameters and the input, one sample at a time. It may not depend
/// on the rule's state, on random numbers or on the other samples of the batch. Dropout and batch normalisation are
/// refused, because they are part of the forward pass that the rule replaces.
/// </remarks>
public interface IInferringRule : ILearningRule
{
    /// <summary>Lets the activity of all layers settle.</summary>
    /// <param name="network">The network, which the rule may read but not change.</param>
    /// <param name="parameters">The rule's own parameters, which it may read but not change.</param>
    /// <param name="input">Inputs × samples.</param>
    /// <param name="record">Receives the activity. <see cref="DenseLayer.Forward"/> writes a layer's input and a first
    /// activity into its record; the rule then overwrites <see cref="LayerRecord.PreActivation"/> and
    /// <see cref="LayerRecord.Output"/> by what they settle to.</param>
    void Settle(FeedForwardNetwork network, RuleParameters parameters, Matrix<float> input, ForwardRecord record);

    /// <summary>Computes the scores of the classes; by default they are the activity of the output layer.</summary>
    /// <param name="network">The network, which the rule may read but not change.</param>
    /// <param name="parameters">The rule's own parameters, which it may read but not change.</param>
    /// <param name="input">Inputs × samples.</param>
    /// <param name="record">The activity that <see cref="Settle"/> left for this input. Its content may be
    /// overwritten.</param>
    /// <param name="scores">Outputs × samples; overwritten. The class with the largest score is predicted.</param>
    void Score(
        FeedForwardNetwork network,
        RuleParameters parameters,
        Matrix<float> input,
        ForwardRecord record,
        Matrix<float> scores
    )
    {
        ArgumentNullException.ThrowIfNull(record);
        record.Output.CopyTo(scores);
    }
}
