namespace Reproduction.Evaluation;

/// <summary>What a rule and random projections of the same seed classified right.</summary>
/// <param name="Rule">One bit a test sample; see <see cref="Predictions.CorrectBits"/>.</param>
/// <param name="Baseline">The same for random projections.</param>
public sealed record SeedPair(long Seed, byte[] Rule, byte[] Baseline);
