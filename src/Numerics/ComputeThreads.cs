using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Reproduction.Numerics;

/// <summary>
/// How many threads one numerical operation may use. The value flows with the calling thread, so a sweep can give each
/// of its
/// concurrent runs one thread while a lone run uses them all. It never changes a result: every element is computed by
/// one thread
/// in a fixed order.
/// </summary>
public static class ComputeThreads
{
    private static readonly AsyncLocal<int> PerOperation = new();

    // Whatever runs inside an operation runs on the thread it is on: all threads are taken.
    [ThreadStatic]
    private static bool isInside;

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

    /// <inheritdoc cref="ForRanges{TWork}"/>
    public static void ForRanges(int length, int granularity, bool worthwhile, Action<int, int> body) =>
        ForRanges(length, granularity, worthwhile, body, static (body, start, end) => body(start, end));

    /// <summary>
    /// Cuts [0, <paramref name="length"/>) into at most <see cref="Count"/> consecutive ranges, each a multiple of
    /// <paramref name="granularity"/> but the last, and runs <paramref name="body"/>(work, start, end) on each, at the
    /// same time.
    /// </summary>
    /// <param name="worthwhile">Run on the calling thread alone if false: below some ten microseconds of work threads
    /// cost more.</param>
    /// <param name="work">What the body works on. With a static body, that captures nothing, no memory is
    /// allocated.</param>
    public static void ForRanges<TWork>(
        int length,
        int granularity,
        bool worthwhile,
        TWork work,
        Action<TWork, int, int> body
    )
    {
        int chunks = (length + granularity - 1) / granularity,
            ranges = worthwhile && !isInside ? Math.Min(Count, chunks) : 1;
        if (ranges <= 1)
        {
            body(work, 0, length);
            return;
        }

        Region<TWork>.OfThisThread.Run(length, granularity, chunks, ranges, work, body);
    }

    /// <summary>
    /// One operation at a time of one thread, kept for the next: helpers and the thread itself take its ranges until
    /// none is left.
    /// </summary>
    private sealed class Region<TWork> : IRegion
    {
        [ThreadStatic]
        private static Region<TWork>? own;

        private int length;
        private int granularity;
        private int chunks;
        private int ranges;
        private TWork? work;
        private Action<TWork, int, int>? body;

        // Ranges not yet taken; below 0 between two operations, so that a helper that comes too late finds nothing,
        // whatever the next operation is.
        private int left;
        private int finished;
        private Exception? fault;
        private Helper[] helpers = [];

        public static Region<TWork> OfThisThread => own ??= new Region<TWork>();

        public void Run(int length, int granularity, int chunks, int ranges, TWork work, Action<TWork, int, int> body)
        {
            (this.length, this.granularity, this.chunks, this.ranges, this.work, this.body, fault) = (
                length,
                granularity,
                chunks,
                ranges,
                work,
                body,
                null
            );
            if (helpers.Length != ranges - 1)
            {
                helpers = new Helper[ranges - 1];
            }

            Helper.Lend(helpers);
            Volatile.Write(ref finished, 0);
            Volatile.Write(ref left, ranges);
            foreach (Helper helper in helpers)
            {
                helper.Help(this);
            }

            TakeRanges();
            SpinWait wait = default;
            while (Volatile.Read(ref finished) < ranges)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }

            Helper.GiveBack(helpers);
            (this.work, this.body) = (default, null);
            if (fault is not null)
            {
                ExceptionDispatchInfo.Throw(fault);
            }
        }

        public void TakeRanges()
        {
            for (int range = Interlocked.Decrement(ref left); range >= 0; range = Interlocked.Decrement(ref left))
            {
                isInside = true;
                try
                {
                    int start = (int)((long)chunks * range / ranges) * granularity;
                    int end = Math.Min(length, (int)((long)chunks * (range + 1) / ranges) * granularity);
                    body!(work!, start, end);
                }
                catch (Exception exception)
                {
                    // Thrown again where the operation was begun.
                    fault = exception;
                }
                finally
                {
                    isInside = false;
                    Interlocked.Increment(ref finished);
                }
            }
        }
    }

    private interface IRegion
    {
        /// <summary>Works on ranges until none is left.</summary>
        void TakeRanges();
    }

    /// <summary>
    /// A thread that waits for work. Not one of the thread pool's: those take longer to wake than the operations of a
    /// training step last, and so would this one if it
    /// did not stay awake for a while.
    /// </summary>
    [SuppressMessage("Design", "CA1001", Justification = "A helper lives as long as the process.")]
    private sealed class Helper
    {
        private const int SpinsBeforeSleep = 300;

        private static readonly Stack<Helper> Idle = [];

        private readonly ManualResetEventSlim isCalled = new(false, SpinsBeforeSleep);
        private IRegion? region;

        private Helper() => new Thread(Work) { IsBackground = true, Name = "compute" }.UnsafeStart();

        /// <summary>Fills the array, with the one that was at work last first.</summary>
        public static void Lend(Helper[] helpers)
        {
            lock (Idle)
            {
                for (int i = 0; i < helpers.Length; i++)
                {
                    helpers[i] = Idle.TryPop(out Helper? helper) ? helper : new Helper();
                }
            }
        }

        public static void GiveBack(Helper[] helpers)
        {
            lock (Idle)
            {
                for (int i = helpers.Length - 1; i >= 0; i--)
                {
                    Idle.Push(helpers[i]);
                }
            }
        }

        public void Help(IRegion wanted)
        {
            Volatile.Write(ref region, wanted);
            isCalled.Set();
        }

        private void Work()
        {
            while (true)
            {
                // A call between the two is not lost: its region is read after them.
                isCalled.Wait();
                isCalled.Reset();
                Volatile.Read(ref region)!.TakeRanges();
            }
        }
    }
}
