using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>A classifier put on frozen features to say what they are worth.</summary>
public interface IProbe
{
    /// <summary>The name on the command line.</summary>
    string Id { get; }

    /// <summary>One line.</summary>
    string Summary { get; }
}

/// <summary>A probe that never sees test data: it is fitted, and then scored once.</summary>
public interface IHonestProbe : IProbe
{
    /// <summary>Fits a classifier; whatever it selects, it selects on held-out training samples.</summary>
    FittedProbe Fit(Features training, RandomStreams random);
}

/// <summary>A probe that uses test data to decide what it reports. It exists to reproduce a published protocol.</summary>
public interface ITestPeekingProbe : IProbe
{
    /// <summary>Fits and scores at once.</summary>
    ProbeResult Run(Features training, Features test, RandomStreams random);
}
