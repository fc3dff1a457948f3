namespace Reproduction.Statistics;

/// <summary>
/// The test samples that a rule classified correctly, and those that random projections of the same seed did.
/// </summary>
/// <param name="Rule">One bit per test sample, the first in the lowest bit of the first byte: 1 where the sample was
/// classified correctly.</param>
/// <param name="Baseline">The bits of random projections, in the same order.</param>
public sealed record SeedPair(long Seed, byte[] Rule, byte[] Baseline);
