using Reproduction.Numerics;

namespace Reproduction.Evaluation.Probes;

/// <summary>
/// A probe that uses test data to decide what it reports. It exists to reproduce a published protocol.
/// </summary>
public interface ITestPeekingProbe : IProbe
{
    /// <summary>Fits the probe and scores it on the test samples in one step.</summary>
    ProbeResult Run(
        TrainingFeatures training,
        TestFeatures test,
        RandomStreams random,
        CancellationToken cancellation = default
    );
}
