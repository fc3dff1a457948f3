namespace Reproduction.Evaluation.Probes;

/// <summary>
/// A classifier that is fitted on frozen features to measure their quality: an <see cref="IHonestProbe"/> or an
/// <see cref="ITestPeekingProbe"/>.
/// </summary>
public interface IProbe
{
    /// <summary>The name on the command line.</summary>
    string Id { get; }
}
