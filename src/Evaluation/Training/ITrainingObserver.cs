using Reproduction.Network;

namespace Reproduction.Evaluation;

/// <summary>Watches a training, whatever the rule. Observers change nothing.</summary>
public interface ITrainingObserver
{
    /// <summary>After a step was applied.</summary>
    /// <param name="step">1 for the first.</param>
    /// <param name="network">As the step left it.</param>
    /// <param name="proposal">What the rule proposed.</param>
    /// <param name="stepNorms">‖ΔW_o‖₂ of the proposal, a layer and a neuron; null for layers the rule left alone.</param>
    void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms);
}
