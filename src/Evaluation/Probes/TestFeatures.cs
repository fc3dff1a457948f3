namespace Reproduction.Evaluation.Probes;

/// <summary>
/// Features of the test split: a type of its own, so that nothing that fits or selects can take them by mistake.
/// </summary>
public sealed record TestFeatures(Features All);
