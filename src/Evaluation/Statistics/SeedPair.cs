namespace Reproduction.Statistics;

/// <summary>What a rule and random projections of the same seed classified right.</summary>
/// <param name="Rule">One bit per test sample, the first in the lowest bit of the first byte: 1 where it was classified
/// right.</param>
/// <param name="Baseline">The bits of random projections.</param>
public sealed record SeedPair(long Seed, byte[] Rule, byte[] Baseline);
