using System.Globalization;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.Studies.Shards;

/// <summary>
/// Which runs a process makes, of several that work on the same experiments: the same for all that know the
/// experiments.
/// </summary>
/// <param name="Index">From 1 to <paramref name="Count"/>; 0 for <see cref="All"/> and <see cref="None"/>.</param>
public sealed record Shard(int Index, int Count)
{
    /// <summary>No more shards than this.</summary>
    public const int Most = 100_000;

    /// <summary>Every run.</summary>
    public static Shard All { get; } = new(0, 0);

    /// <summary>No run: what others have made is put together.</summary>
    public static Shard None { get; } = new(0, 1);

    /// <summary>Reads "2/8".</summary>
    /// <exception cref="SpecificationException">It is none.</exception>
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
    /// The runs of this shard: the largest are dealt out first, so that shards take about as long as each other.
    /// </summary>
    public IReadOnlyList<RunSpec> Of(IReadOnlyList<RunSpec> specs) =>
        this == All
            ? specs
            :
            [
                .. specs
                    .DistinctBy(spec => spec.RunId())
                    .OrderByDescending(Sweep.Work)
                    .ThenBy(spec => spec.RunId(), StringComparer.Ordinal)
                    .Where((_, i) => i % Count == Index - 1),
            ];

    /// <inheritdoc/>
    public override string ToString() => $"{Index}/{Count}";

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
