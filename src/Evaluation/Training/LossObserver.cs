using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>The loss a rule reports, averaged over windows of steps.</summary>
/// <param name="window">Steps a point of the curve.</param>
public sealed class LossObserver(int window) : ITrainingObserver
{
    private readonly WindowMean mean = new(window);

    /// <summary>Empty if the rule descends no loss.</summary>
    public Series Curve => mean.Curve;

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        if (proposal.Loss is { } loss)
        {
            mean.Add(step, loss);
        }
    }
}
