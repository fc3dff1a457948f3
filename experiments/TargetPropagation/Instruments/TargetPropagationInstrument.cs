using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Evaluation.Training;
using Reproduction.Network;

namespace Reproduction.Experiments.TargetPropagation.Instruments;

/// <summary>Notes something about each step of target propagation; other rules' steps are passed over.</summary>
public abstract class TargetPropagationInstrument : ITrainingObserver
{
    /// <inheritdoc/>
    public void BeforeStep(
        int step,
        FeedForwardNetwork network,
        ForwardRecord forward,
        Matrix<float> targets,
        Proposal proposal
    )
    {
        ArgumentNullException.ThrowIfNull(proposal);
        if (proposal.Workings is TargetPropagationWorkings workings)
        {
            Note(proposal, workings);
        }
    }

    /// <summary>Adds notes to the proposal.</summary>
    /// <param name="workings">What the rule computed; the layers' steps run from the output layer down.</param>
    protected abstract void Note(Proposal proposal, TargetPropagationWorkings workings);
}
