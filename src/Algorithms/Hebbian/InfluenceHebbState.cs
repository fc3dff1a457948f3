namespace Reproduction.Algorithms.Hebbian;

/// <summary>
/// What <see cref="InfluenceHebb"/> remembers: random feedback, which is drawn once or anew for every batch.
/// </summary>
/// <param name="Feedback">Φ of each hidden layer in column-major order, units of the next layer × units; empty where
/// none is drawn yet.</param>
public sealed record InfluenceHebbState(float[][] Feedback);
