namespace Reproduction.Evaluation.Records;

/// <summary>A curve over training steps.</summary>
/// <param name="Steps">Training steps, ascending.</param>
/// <param name="Values">One value per step.</param>
public sealed record Series(int[] Steps, double[] Values);
