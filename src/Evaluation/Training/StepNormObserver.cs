using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Evaluation.Training;

/// <summary>
/// Records how far a rule wants to move a layer: ‖ΔW_o‖₂ of the proposal, per unit of learning rate, averaged over
/// neurons and windows of steps.
/// </summary>
/// <param name="layer">Index of the layer.</param>
/// <param name="window">Steps per point of the curve.</param>
public sealed class StepNormObserver(int layer, int window) : ITrainingObserver
{
    private readonly WindowMean mean = new(window);

    /// <summary>The curve of the mean step norm; empty if the layer never changed.</summary>
    public Series Curve => mean.Curve;

    /// <inheritdoc/>
    public void OnStep(int step, FeedForwardNetwork network, Proposal proposal, IReadOnlyList<float[]?> stepNorms)
    {
        if (stepNorms[layer] is { } norms)
        {
            double sum = 0;
            foreach (float norm in norms)
            {
                sum += norm;
            }

            mean.Add(step, sum / norms.Length);
        }
    }
}
