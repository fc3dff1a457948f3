using System.Diagnostics;
using System.Numerics;
using System.Runtime.Intrinsics;
using Reproduction.Numerics;

namespace Reproduction.CommandLine.Bench;

/// <summary>
/// Measures the peak speed of the processor: fused multiply-adds on registers alone, on all threads. No matrix product
/// can be faster.
/// </summary>
internal static class PeakBenchmark
{
    private const int Steps = 5_000_000;

    // So many accumulators hide the latency of one multiply-add behind the others.
    private const int Accumulators = 12;

    /// <summary>Returns the peak speed in GFLOP/s, the best of several rounds.</summary>
    public static double Run(int rounds)
    {
        int threads = ComputeThreads.Count,
            lanes = Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector<float>.Count;
        float[] results = new float[threads];
        double best = double.PositiveInfinity;

        // Rounds go on for half a second at least, because the system may begin with two threads on one processor.
        long start = Stopwatch.GetTimestamp();
        for (int round = 0; round < rounds || Stopwatch.GetElapsedTime(start).TotalSeconds < 0.5; round++)
        {
            Stopwatch clock = Stopwatch.StartNew();
            ComputeThreads.ForRanges(
                threads,
                1,
                worthwhile: true,
                results,
                static (results, start, end) =>
                {
                    for (int thread = start; thread < end; thread++)
                    {
                        results[thread] = Vector512.IsHardwareAccelerated ? Widest() : Usual();
                    }
                }
            );
            best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }

        return 2.0 * Accumulators * lanes * Steps * threads / best / 1e9;
    }

    private static float Widest()
    {
        Vector512<float> a = Vector512.Create(0.5f),
            b = Vector512.Create(0.25f);
        Vector512<float> s0 = a,
            s1 = a,
            s2 = a,
            s3 = a,
            s4 = a,
            s5 = a,
            s6 = a,
            s7 = a,
            s8 = a,
            s9 = a,
            s10 = a,
            s11 = a;
        for (int step = 0; step < Steps; step++)
        {
            s0 = Vector512.FusedMultiplyAdd(s0, a, b);
            s1 = Vector512.FusedMultiplyAdd(s1, a, b);
            s2 = Vector512.FusedMultiplyAdd(s2, a, b);
            s3 = Vector512.FusedMultiplyAdd(s3, a, b);
            s4 = Vector512.FusedMultiplyAdd(s4, a, b);
            s5 = Vector512.FusedMultiplyAdd(s5, a, b);
            s6 = Vector512.FusedMultiplyAdd(s6, a, b);
            s7 = Vector512.FusedMultiplyAdd(s7, a, b);
            s8 = Vector512.FusedMultiplyAdd(s8, a, b);
            s9 = Vector512.FusedMultiplyAdd(s9, a, b);
            s10 = Vector512.FusedMultiplyAdd(s10, a, b);
            s11 = Vector512.FusedMultiplyAdd(s11, a, b);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    private static float Usual()
    {
        Vector<float> a = new(0.5f),
            b = new(0.25f);
        Vector<float> s0 = a,
            s1 = a,
            s2 = a,
            s3 = a,
            s4 = a,
            s5 = a,
            s6 = a,
            s7 = a,
            s8 = a,
            s9 = a,
            s10 = a,
            s11 = a;
        for (int step = 0; step < Steps; step++)
        {
            s0 = Vector.FusedMultiplyAdd(s0, a, b);
            s1 = Vector.FusedMultiplyAdd(s1, a, b);
            s2 = Vector.FusedMultiplyAdd(s2, a, b);
            s3 = Vector.FusedMultiplyAdd(s3, a, b);
            s4 = Vector.FusedMultiplyAdd(s4, a, b);
            s5 = Vector.FusedMultiplyAdd(s5, a, b);
            s6 = Vector.FusedMultiplyAdd(s6, a, b);
            s7 = Vector.FusedMultiplyAdd(s7, a, b);
            s8 = Vector.FusedMultiplyAdd(s8, a, b);
            s9 = Vector.FusedMultiplyAdd(s9, a, b);
            s10 = Vector.FusedMultiplyAdd(s10, a, b);
            s11 = Vector.FusedMultiplyAdd(s11, a, b);
        }

        return Vector.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }
}
