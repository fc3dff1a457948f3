namespace Reproduction.Statistics;

/// <summary>One rule against random projections on one data set, at one width, under one probe.</summary>
/// <param name="Name">The name of the comparison, for tables.</param>
/// <param name="Pairs">One pair per seed.</param>
public sealed record Comparison(string Name, IReadOnlyList<SeedPair> Pairs);
