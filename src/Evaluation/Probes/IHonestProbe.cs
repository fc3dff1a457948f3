using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>A probe that never sees test data: it is fitted, and then scored once.</summary>
public interface IHonestProbe : IProbe
{
    /// <summary>Fits a classifier. Whatever the probe selects, it selects on the last training samples.</summary>
    /// <exception cref="UnfitFeaturesException">No classifier can be fitted to these features.</exception>
    FittedProbe Fit(TrainingFeatures training, RandomStreams random, CancellationToken cancellation = default);
}
