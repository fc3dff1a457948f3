using Reproduction.Numerics;

namespace Reproduction.Tests.Numerics;

public class ComputeThreadsTests
{
    [Fact]
    public void Every_range_is_done_once_whatever_the_number_of_threads_was_before()
    {
        // The number of ranges changes from one operation to the next. A helper thread that comes too late must not
        // take a range twice.
        Random random = new(1);
        int[] done = new int[1000];
        for (int operation = 0; operation < 20_000; operation++)
        {
            ComputeThreads.Count = random.Next(2, 9);
            int length = random.Next(1, done.Length + 1),
                granularity = random.Next(1, 40);
            ComputeThreads.ForRanges(
                length,
                granularity,
                worthwhile: true,
                done,
                static (done, start, end) =>
                {
                    for (int i = start; i < end; i++)
                    {
                        done[i]++;
                    }
                }
            );
            Assert.True(
                done.AsSpan(0, length).IndexOfAnyExcept(1) < 0 && done.AsSpan(length).IndexOfAnyExcept(0) < 0,
                $"operation {operation}"
            );
            Array.Clear(done);
        }
    }

    [Fact]
    public void What_a_range_throws_is_thrown_where_the_operation_was_begun_and_the_next_operation_is_whole()
    {
        ComputeThreads.Count = 4;
        Assert.Throws<InvalidOperationException>(() =>
            ComputeThreads.ForRanges(
                100,
                1,
                worthwhile: true,
                (start, _) => throw new InvalidOperationException($"{start}")
            )
        );
        int sum = 0;
        ComputeThreads.ForRanges(100, 1, worthwhile: true, (start, end) => Interlocked.Add(ref sum, end - start));
        Assert.Equal(100, sum);
    }

    [Fact]
    public void An_operation_inside_another_stays_on_its_thread()
    {
        ComputeThreads.Count = 4;
        int inner = 0;
        ComputeThreads.ForRanges(
            4,
            1,
            worthwhile: true,
            (_, _) =>
                ComputeThreads.ForRanges(
                    8,
                    1,
                    worthwhile: true,
                    (start, end) =>
                    {
                        Assert.Equal((0, 8), (start, end));
                        Interlocked.Increment(ref inner);
                    }
                )
        );
        Assert.Equal(4, inner);
    }
}
