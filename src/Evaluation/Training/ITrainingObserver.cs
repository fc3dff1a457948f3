using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>Watches a training, whatever the rule. Observers change nothing.</summary>
public interface ITrainingObserver
{
    /// <summary>Before a step is applied: the network is still the one that the rule looked at.</summary>
    /// <param name="step">1 for the first.</param>
    /// <param name="network">As the step before left it.</param>
    /// <param name="forward">What the rule read; its scratch may be used.</param>
    /// <param name="targets">Outputs × samples: what the network should have said.</param>
    /// <param name="proposal">What the rule proposed.</param>
    void BeforeStep(
        int step,
        FeedForwardNetwork network,
        ForwardRecord forward,
        Matrix<float> targets,
        Proposal proposal
    ) { }

    /// <summary>After the last step of a pass over the data.</summary>
    /// <param name="step">How many were taken so far.</param>
    /// <param name="network">As the step left it.</param>
    void AfterEpoch(int step, FeedForwardNetwork network) { }

    /// <summary>After a step was applied.</summary>
    /// <param name="step">1 for the first.</param>
    /// <param name="network">As the step left it.</param>
    /// <param name="proposal">What the rule proposed.</param>
    /// <param name="stepNorms">‖ΔW_o‖₂ of the proposal, a layer and a neuron; null for layers the rule left
    /// alone.</param>
    void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms) { }
}
