namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Features of the test split. They have a type of their own, so that code that fits or selects cannot take them by
/// mistake.
/// </summary>
public sealed record TestFeatures(Features All);
