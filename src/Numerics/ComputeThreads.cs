using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace Reproduction.Numerics;

/// <summary>
/// The number of threads that one numerical operation may use. The value flows with the calling thread, so a sweep can
/// give each of its concurrent runs one thread, while a single run uses all of them. It never changes a result: every
/// element is computed by one thread in a fixed order.
/// </summary>
public static class ComputeThreads
{
    /// <summary>
    /// The number of values from which on threads pay off for an operation that only passes over them. Below it, a core
    /// takes longer to fetch what the other has written than the operation lasts.
    /// </summary>
    public const int LeastValues = 1 << 18;

    // So many ranges for each thread: if one is held up, by a process beside this one, the others do its share.
    private const int RangesPerThread = 2;

    private static readonly AsyncLocal<int> PerOperation = new();

    // An operation inside another one runs on its calling thread alone, because all threads are already taken.
    [ThreadStatic]
    private static bool isInside;

    /// <summary>The number of threads per operation, ≥ 1. It is the number of processors unless set.</summary>
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
    /// Cuts [0, <paramref name="length"/>) into a few consecutive ranges per thread and runs
    /// <paramref name="body"/>(work, start, end) on all of them, on <see cref="Count"/> threads. The size of every
    /// range but the last is a multiple of <paramref name="granularity"/>.
    /// </summary>
    /// <param name="worthwhile">Whether threads pay off; if false, everything runs on the calling thread. Below some
    /// hundred microseconds of work, threads cost more than they save.</param>
    /// <param name="work">The data that the body works on. With a static body, which captures nothing, no memory is
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
            threads = worthwhile && !isInside ? Math.Min(Count, chunks) : 1;
        if (threads <= 1)
        {
            body(work, 0, length);
            return;
        }

        Region<TWork>.OfThisThread.Run(
            length,
            granularity,
            chunks,
            Math.Min(RangesPerThread * threads, chunks),
            threads,
            work,
            body
        );
    }

    /// <summary>
    /// The current operation of one thread; the object is reused for the thread's next operation. Helpers and the
    /// thread itself take ranges of the operation until none is left.
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

        // The number of ranges not yet taken. It is below 0 between two operations, so that a helper that comes too
        // late finds nothing to do, whatever the next operation is.
        private int left;
        private int finished;
        private Exception? failure;
        private Helper[] helpers = [];

        public static Region<TWork> OfThisThread => own ??= new Region<TWork>();

        public void Run(
            int length,
            int granularity,
            int chunks,
            int ranges,
            int threads,
            TWork work,
            Action<TWork, int, int> body
        )
        {
            (this.length, this.granularity, this.chunks, this.ranges, this.work, this.body, failure) = (
                length,
                granularity,
                chunks,
                ranges,
                work,
                body,
                null
            );
            if (helpers.Length != threads - 1)
            {
                helpers = new Helper[threads - 1];
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
            if (failure is not null)
            {
                ExceptionDispatchInfo.Throw(failure);
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
                    // Rethrown on the thread that began the operation.
                    failure = exception;
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
    /// A thread that waits for work. It is not a thread-pool thread: those take longer to wake than an operation of a
    /// training step lasts. For the same reason it stays awake for a while after its work.
    /// </summary>
    [SuppressMessage("Design", "CA1001", Justification = "A helper lives as long as the process.")]
    private sealed class Helper
    {
        private const int SpinsBeforeSleep = 300;

        private static readonly Stack<Helper> Idle = [];

        private readonly ManualResetEventSlim isCalled = new(false, SpinsBeforeSleep);
        private IRegion? region;

        private Helper() => new Thread(Work) { IsBackground = true, Name = "compute" }.UnsafeStart();

        /// <summary>Fills the array with helpers, the most recently active one first.</summary>
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
                // A call between these two lines is not lost, because its region is read after them.
                isCalled.Wait();
                isCalled.Reset();
                Volatile.Read(ref region)!.TakeRanges();
            }
        }
    }
}
