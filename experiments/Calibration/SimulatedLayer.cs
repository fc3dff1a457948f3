using MathNet.Numerics.Distributions;
using Reproduction.Numerics;
using Reproduction.Statistics;

namespace Reproduction.Experiments.Calibration;

/// <summary>
/// Simulated probes on layers of one width. A run is right on a test sample if its margin is positive: z_ij = μ + s_i +
/// t_j + u_j + e_ij with a part for the seed, one for the sample that all runs share, one for the sample that only runs
/// of one rule share, and noise; all are normal, and their variances are 1 in all, so that a rule's accuracy is Φ(μ).
/// </summary>
/// <param name="Units">The width that is imitated.</param>
/// <param name="Accuracy">The accuracy of random projections, Φ(μ).</param>
/// <param name="SeedDeviation">Standard deviation of s.</param>
/// <param name="SharedVariance">Variance of t.</param>
/// <param name="OwnVariance">Variance of u; 0 for two rules that differ in nothing.</param>
internal sealed record SimulatedLayer(
    int Units,
    double Accuracy,
    double SeedDeviation,
    double SharedVariance,
    double OwnVariance
)
{
    /// <summary>Test samples of a simulated table.</summary>
    public const int Samples = 2000;

    /// <summary>
    /// Layers whose accuracies and variances are near those of random projections on MNIST, as
    /// <see cref="Calibration"/> measures them; and rules that differ by samples too.
    /// </summary>
    public static readonly SimulatedLayer[] All =
    [
        new(32, 0.75, 0.04, 0.5, 0.05),
        new(128, 0.87, 0.02, 0.65, 0.05),
        new(512, 0.935, 0.015, 0.8, 0.05),
        new(2048, 0.965, 0.01, 0.85, 0.05),
    ];

    /// <summary>Draws tables of several rules less one and the same random projections.</summary>
    /// <param name="planted">By how much each rule's accuracy is above that of random projections, as shares.</param>
    public IReadOnlyList<SampleTable> Draw(RandomStream random, int seeds, IReadOnlyList<double> planted)
    {
        double[] shared = Normals(random, Samples, Math.Sqrt(SharedVariance));
        SampleTable Rule(double accuracy)
        {
            double[] own = Normals(random, Samples, Math.Sqrt(OwnVariance));
            double mean = Normal.InvCDF(0, 1, accuracy),
                noise = Math.Sqrt(1 - SharedVariance - OwnVariance - (SeedDeviation * SeedDeviation));
            return SampleTable.Of(
                Enumerable
                    .Range(0, seeds)
                    .Select(seed =>
                    {
                        double start = mean + Normal.Sample(random, 0, SeedDeviation);
                        double[] right = Normals(random, Samples, noise);
                        for (int j = 0; j < Samples; j++)
                        {
                            right[j] = start + shared[j] + own[j] + right[j] > 0 ? 1 : 0;
                        }

                        return ((long)seed, right);
                    })
            );
        }

        SampleTable projections = Rule(Accuracy);
        return [.. planted.Select(difference => Rule(Accuracy + difference).Less(projections))];
    }

    private static double[] Normals(RandomStream random, int count, double deviation)
    {
        double[] values = new double[count];
        Normal.Samples(random, values, 0, deviation);
        return values;
    }
}
