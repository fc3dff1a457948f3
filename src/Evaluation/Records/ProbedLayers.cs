namespace Reproduction.Evaluation.Records;

/// <summary>The hidden layers that probes read.</summary>
public enum ProbedLayers
{
    /// <summary>The last hidden layer.</summary>
    Last,

    /// <summary>Every hidden layer by itself.</summary>
    All,
}
