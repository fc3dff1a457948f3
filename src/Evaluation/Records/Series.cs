namespace Reproduction.Evaluation.Records;

/// <summary>A curve over training steps.</summary>
/// <param name="Steps">Ascending.</param>
/// <param name="Values">One a step.</param>
public sealed record Series(int[] Steps, double[] Values);
