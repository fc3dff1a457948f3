using Reproduction.Numerics;
using Reproduction.Statistics;

namespace Reproduction.Experiments.Calibration;

/// <summary>
/// Real runs of random projections of one width, of which any two differ by chance alone. Tables are drawn from them by
/// pairing runs at random, each run at most once in a table.
/// </summary>
/// <param name="runs">Which test samples each run got right, as 0 and 1.</param>
internal sealed class NullPool(IReadOnlyList<double[]> runs)
{
    /// <summary>The number of runs.</summary>
    public int Count => runs.Count;

    /// <summary>The mean accuracy of the runs.</summary>
    public double Accuracy => runs.Average(run => run.Average());

    /// <summary>Draws tables of several groups of runs less one and the same group.</summary>
    /// <param name="planted">By how much each group's accuracy is raised: that share of its wrong samples, drawn anew
    /// for each run, counts as right.</param>
    public IReadOnlyList<SampleTable> Draw(RandomStream random, int seeds, IReadOnlyList<double> planted)
    {
        int[] order = MathNet.Numerics.Combinatorics.GeneratePermutation(runs.Count, random);
        SampleTable Group(int number, double difference) =>
            SampleTable.Of(
                Enumerable
                    .Range(0, seeds)
                    .Select(seed => ((long)seed, Raised(runs[order[(number * seeds) + seed]], difference, random)))
            );
        SampleTable projections = Group(0, 0);
        return [.. planted.Select((difference, number) => Group(number + 1, difference).Less(projections))];
    }

    private double[] Raised(double[] right, double difference, RandomStream random)
    {
        double share = difference / (1 - Accuracy);
        return difference == 0
            ? right
            : [.. right.Select(value => value == 0 && random.NextDouble() < share ? 1 : value)];
    }
}
