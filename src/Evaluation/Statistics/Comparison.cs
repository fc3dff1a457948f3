namespace Reproduction.Statistics;

/// <summary>One rule against random projections on one data set, at one width, under one probe.</summary>
/// <param name="Name">What is compared, for tables.</param>
/// <param name="Pairs">One a seed.</param>
public sealed record Comparison(string Name, IReadOnlyList<SeedPair> Pairs);
