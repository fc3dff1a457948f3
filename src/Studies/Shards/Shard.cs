using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Studies.Shards;

/// <summary>
/// The share of the runs that one of several processes makes. It depends on the experiments alone, so processes need
/// not communicate.
/// </summary>
/// <param name="Index">From 1 to <paramref name="Count"/>; 0 for <see cref="All"/> and <see cref="None"/>.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>The largest number of shards.</summary>
    public const int Most = 100_000;

    /// <summary>All runs, made by a single process.</summary>
    public static Shard All { get; } = new(0, 0);

    /// <summary>No run: only assembles what other processes have made.</summary>
    public static Shard None { get; } = new(0, 1);

    /// <summary>Reads a shard written as "2/8".</summary>
    /// <exception cref="SpecificationException">The text is no shard.</exception>
    public static Shard Parse(string text) =>
        text.Split('/') is [{ } index, { } count]
        && Whole(index) is { } i
        && Whole(count) is { } n
        && i >= 1
        && i <= n
        && n <= Most
            ? new Shard(i, n)
            : throw new SpecificationException($"--shard {text}: i/n, as 2/8, i from 1 to n, n up to {Most}");

    /// <summary>
    /// Returns the runs of this shard. The largest runs are dealt out first, so that all shards take about the same
    /// time.
    /// </summary>
    public IReadOnlyList<RunSpec> Of(IReadOnlyList<RunSpec> specs) =>
        this == All
            ? specs
            :
            [
                .. specs
                    .DistinctBy(spec => spec.RunId())
                    .OrderByDescending(RunCost.Of)
                    .ThenBy(spec => spec.RunId(), StringComparer.Ordinal)
                    .Where((_, i) => i % Count == Index - 1),
            ];

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
