using MathNet.Numerics.Distributions;
using Reproduction.Numerics;
using Reproduction.Statistics;

namespace Reproduction.Experiments.Calibration;

/// <summary>
/// Simulated probes on layers of one width. A run is right on a test sample if its margin is positive: z_ij = μ + s_i +
/// t_j + u_j + e_ij with a part for the seed, one for the sample that all runs share, one for the sample that only runs
/// of one rule share, and noise; all are normal, and their variances are 1 in all, so that a rule's accuracy is Φ(μ).
/// </summary>
/// <param name="Source">What the tables are called.</param>
/// <param name="Units">The width that is imitated.</param>
/// <param name="Accuracy">The accuracy of random projections, Φ(μ).</param>
/// <param name="SeedDeviation">Standard deviation of s.</param>
/// <param name="SharedVariance">Variance of t.</param>
/// <param name="OwnVariance">Variance of u; 0 for two rules that differ in nothing.</param>
internal sealed record SimulatedLayer(
    string Source,
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
    /// <see cref="Calibration"/> measures them, and rules that differ by samples too; at last rules of which nearly
    /// every network is right on the same samples, so that almost all variance is between samples.
    /// </summary>
    public static readonly SimulatedLayer[] All =
    [
        new("simulated", 32, 0.646, 0.0525, 0.51, 0.05),
        new("simulated", 128, 0.842, 0.018, 0.73, 0.05),
        new("simulated", 512, 0.923, 0.009, 0.84, 0.05),
        new("simulated", 2048, 0.96, 0.005, 0.89, 0.05),
        new("simulated, samples alone", 2048, 0.96, 0, 0.5, 0.49),
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
