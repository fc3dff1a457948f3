namespace Reproduction.Numerics;

/// <summary>
/// How many threads one numerical operation may use. The value flows with the calling thread, so a sweep can give each of its
/// concurrent runs one thread while a lone run uses them all. It never changes a result: every element is computed by one thread
/// in a fixed order.
/// </summary>
public static class ComputeThreads
{
    private static readonly AsyncLocal<int> PerOperation = new();

    /// <summary>At least 1; the number of processors unless set.</summary>
    public static int Count
    {
        get => PerOperation.Value > 0 ? PerOperation.Value : Environment.ProcessorCount;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            PerOperation.Value = value;
        }
    }

    /// <summary>
    /// Cuts [0, <paramref name="length"/>) into at most <see cref="Count"/> consecutive ranges, each a multiple of
    /// <paramref name="granularity"/> but the last, and runs <paramref name="body"/>(start, end) on each, at the same time.
    /// </summary>
    /// <param name="worthwhile">Run on the calling thread alone if false: below some ten microseconds of work threads cost more.</param>
    public static void ForRanges(int length, int granularity, bool worthwhile, Action<int, int> body)
    {
        int threads = worthwhile ? Math.Min(Count, (length + granularity - 1) / granularity) : 1;
        if (threads <= 1)
        {
            body(0, length);
            return;
        }

        int chunks = (length + granularity - 1) / granularity;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, t =>
        {
            int start = (int)((long)chunks * t / threads) * granularity;
            int end = Math.Min(length, (int)((long)chunks * (t + 1) / threads) * granularity);
            if (start < end)
            {
                body(start, end);
            }
        });
    }
}
