using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>Watches the training of a network, whatever the rule. Observers change nothing.</summary>
public interface ITrainingObserver
{
    /// <summary>Called before a step is applied. The network is still the one that the rule saw.</summary>
    /// <param name="step">The number of the step; 1 for the first.</param>
    /// <param name="network">The network as the previous step left it.</param>
    /// <param name="forward">The forward pass that the rule read; its scratch memory may be used.</param>
    /// <param name="targets">Outputs × samples: the targets of the batch.</param>
    /// <param name="proposal">The change that the rule proposed.</param>
    void BeforeStep(
        int step,
        FeedForwardNetwork network,
        ForwardRecord forward,
        Matrix<float> targets,
        Proposal proposal
    ) { }

    /// <summary>Called after the last step of an epoch.</summary>
    /// <param name="step">The number of steps taken so far.</param>
    /// <param name="network">The network as the step left it.</param>
    void AfterEpoch(int step, FeedForwardNetwork network) { }

    /// <summary>Called after a step was applied.</summary>
    /// <param name="step">The number of the step; 1 for the first.</param>
    /// <param name="network">The network as the step left it.</param>
    /// <param name="proposal">The change that the rule proposed.</param>
    /// <param name="stepNorms">‖ΔW_o‖₂ of the proposal, one value per layer and neuron; null for layers that the rule
    /// left alone.</param>
    void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms) { }
}
