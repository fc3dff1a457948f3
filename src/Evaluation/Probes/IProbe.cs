namespace Reproduction.Evaluation.Probes;

/// <summary>
/// A classifier put on frozen features to say what they are worth: an <see cref="IHonestProbe"/> or an
/// <see cref="ITestPeekingProbe"/>.
/// </summary>
public interface IProbe
{
    /// <summary>The name on the command line.</summary>
    string Id { get; }
}
