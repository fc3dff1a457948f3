using System.Diagnostics;
using MathNet.Numerics.Providers.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.CommandLine.Bench;

/// <summary>
/// Times the suite's matrix product, Math.NET's own and OpenBLAS in turn, so that other load on the machine affects all
/// of them alike.
/// </summary>
internal static class ProductBenchmark
{
    private const double SecondsPerRound = 0.1;

    /// <summary>Times the products of one shape.</summary>
    /// <param name="openBlas">The OpenBLAS to time; null to leave it out.</param>
    /// <param name="rounds">The number of rounds; the best one counts.</param>
    public static ProductSpeed Run(ProductShape shape, OpenBlas? openBlas, int rounds)
    {
        Random random = new(1);
        float[] a = [.. Enumerable.Range(0, shape.Rows * shape.Inner).Select(_ => random.NextSingle())],
            b = [.. Enumerable.Range(0, shape.Inner * shape.Columns).Select(_ => random.NextSingle())],
            c = new float[shape.Rows * shape.Columns];
        List<Action> contestants =
        [
            () => Multiply(SimdLinearAlgebraProvider.Instance),
            () => Multiply(ManagedLinearAlgebraProvider.Instance),
        ];
        if (openBlas is not null)
        {
            contestants.Add(() => openBlas.Multiply(shape, a, b, c));
        }

        int[] repetitions = [.. contestants.Select(Calibrate)];
        double[] best = [.. contestants.Select(_ => double.PositiveInfinity)];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < contestants.Count; i++)
            {
                best[i] = Math.Min(best[i], Time(contestants[i], repetitions[i]));
            }
        }

        double Speed(double seconds) => shape.Operations / seconds / 1e9;
        return new ProductSpeed(shape, Speed(best[0]), Speed(best[1]), openBlas is null ? null : Speed(best[2]));

        void Multiply(ILinearAlgebraProvider<float> provider) =>
            provider.MatrixMultiplyWithUpdate(
                shape.TransposedA ? Transpose.Transpose : Transpose.DontTranspose,
                shape.TransposedB ? Transpose.Transpose : Transpose.DontTranspose,
                1f,
                a,
                shape.TransposedA ? shape.Inner : shape.Rows,
                shape.TransposedA ? shape.Rows : shape.Inner,
                b,
                shape.TransposedB ? shape.Columns : shape.Inner,
                shape.TransposedB ? shape.Inner : shape.Columns,
                0f,
                c
            );
    }

    /// <summary>Finds how many repetitions fill a round, and warms up at the same time.</summary>
    private static int Calibrate(Action action)
    {
        Time(action, 1);
        int repetitions = 1;
        double seconds = Time(action, 1);
        while (seconds * repetitions < SecondsPerRound && repetitions < 1 << 16)
        {
            repetitions *= 2;
        }

        return repetitions;
    }

    private static double Time(Action action, int repetitions)
    {
        Stopwatch clock = Stopwatch.StartNew();
        for (int i = 0; i < repetitions; i++)
        {
            action();
        }

        return clock.Elapsed.TotalSeconds / repetitions;
    }
}
