using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>Records the loss that a rule reports, averaged over windows of steps.</summary>
/// <param name="window">Steps per point of the curve.</param>
public sealed class LossObserver(int window) : ITrainingObserver
{
    private readonly WindowMean mean = new(window);

    /// <summary>The curve of the loss; empty if the rule reports no loss.</summary>
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
