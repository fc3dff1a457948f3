namespace Reproduction.Network;

/// <summary>Where a training step lies within the training.</summary>
/// <param name="Step">The number of the step; 1 for the first of the training.</param>
/// <param name="StepsPerEpoch">Steps in one pass over the training data, ≥ 1.</param>
/// <param name="Epoch">The number of the pass; 1 for the first.</param>
/// <param name="Epochs">How many passes the training takes, ≥ 1.</param>
/// <param name="LearningRate">The learning rate of this step: that of the layer that learns where layers are trained
/// one after the other, else that of the first layer.</param>
public readonly record struct StepProgress(int Step, int StepsPerEpoch, int Epoch, int Epochs, double LearningRate)
{
    /// <summary>What the schedule multiplies every learning rate by in this step; 1 for a constant rate.</summary>
    public double RateShare { get; init; } = 1;

    /// <summary>The share of the training that lies before this step, in [0, 1).</summary>
    public double Share => (Step - 1) / ((double)StepsPerEpoch * Epochs);
}
