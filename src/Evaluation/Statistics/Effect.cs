using MathNet.Numerics.Distributions;

namespace Reproduction.Statistics;

/// <summary>
/// The mean of a table of seeds and test samples, and how far it may be off, when seeds and samples are both drawn at
/// random: crossed random effects, with the components of variance by moments.
/// </summary>
/// <remarks>
/// Searle, Casella and McCulloch 1992, chapter 4, for the mean squares of a two-way layout with one value per cell.
/// That each part has its own quantile is Banerjee's interval (1960); docs/statistics.md says why Satterthwaite's
/// degrees of freedom do not hold here, and how often the interval covers.
/// </remarks>
/// <param name="Seeds">The number of seeds, n.</param>
/// <param name="Samples">The number of test samples, m.</param>
/// <param name="Mean">The mean of all values.</param>
/// <param name="SeedMeanSquare">MS_s, between seeds; not a number for one seed.</param>
/// <param name="SampleMeanSquare">MS_t, between test samples.</param>
/// <param name="ResidualMeanSquare">MS_st, what is left; not a number for one seed.</param>
public sealed record Effect(
    int Seeds,
    int Samples,
    double Mean,
    double SeedMeanSquare,
    double SampleMeanSquare,
    double ResidualMeanSquare
)
{
    /// <summary>The level of an interval of its own, 1 − α.</summary>
    public const double Level = 0.95;

    /// <summary>Variance between seeds, σ²_s = (MS_s − MS_st)/m, at least 0.</summary>
    public double SeedVariance => Math.Max(0, SeedMeanSquare - ResidualMeanSquare) / Samples;

    /// <summary>Variance between test samples, σ²_t = (MS_t − MS_st)/n, at least 0.</summary>
    public double SampleVariance => Math.Max(0, SampleMeanSquare - ResidualMeanSquare) / Seeds;

    /// <summary>Variance of the interaction of seeds and samples, σ²_st = MS_st.</summary>
    public double InteractionVariance => ResidualMeanSquare;

    /// <summary>Standard deviation over seeds of the mean over test samples.</summary>
    public double SeedDeviation => Math.Sqrt(SeedMeanSquare / Samples);

    /// <summary>Analyses a table. A table without a seed has a mean that is not a number.</summary>
    public static Effect Of(SampleTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        int n = table.Seeds.Count,
            m = table.Samples;
        if (n == 0)
        {
            return new Effect(0, 0, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        double[] seedMeans = [.. table.Rows.Select(row => row.Average())],
            sampleMeans = new double[m];
        foreach (double[] row in table.Rows)
        {
            for (int j = 0; j < m; j++)
            {
                sampleMeans[j] += row[j] / n;
            }
        }

        // SS_s = m Σ_i (d_i. − d..)², SS_t = n Σ_j (d_.j − d..)², SS_st = Σ_ij (d_ij − d_i. − d_.j + d..)².
        double mean = seedMeans.Average(),
            seeds = m * seedMeans.Sum(value => Square(value - mean)),
            samples = n * sampleMeans.Sum(value => Square(value - mean)),
            residual = 0;
        int seed = 0;
        foreach (double[] row in table.Rows)
        {
            double offset = mean - seedMeans[seed++];
            for (int j = 0; j < m; j++)
            {
                residual += Square(row[j] - sampleMeans[j] + offset);
            }
        }

        return new Effect(
            n,
            m,
            mean,
            seeds / (n - 1),
            samples / (m - 1),
            n > 1 ? residual / ((n - 1.0) * (m - 1)) : double.NaN
        );
    }

    /// <summary>The standard error of the mean; not a number for one seed.</summary>
    public double StandardError(Estimand estimand) => Math.Sqrt(SeedPart + SamplePart(estimand));

    /// <summary>
    /// The interval of the mean, which reaches <see cref="HalfWidth"/> to either side. Of one seed nothing is known.
    /// </summary>
    /// <param name="level">The probability with which it covers, in (0, 1).</param>
    public Interval Interval(Estimand estimand, double level = Level)
    {
        double half = HalfWidth(estimand, level);
        return double.IsFinite(half) ? new Interval(Mean - half, Mean + half) : Statistics.Interval.Unknown;
    }

    /// <summary>
    /// Half the width of the interval: √(t²·V_s + u²·V_t), with V_s = MS_s/(nm), V_t = max(0, MS_t − MS_st)/(nm), and
    /// Student's quantiles t and u at n − 1 and m − 1 degrees of freedom: each part has its own, as few seeds estimate
    /// the one and many samples the other. Infinite for one seed or one sample.
    /// </summary>
    public double HalfWidth(Estimand estimand, double level)
    {
        (double seeds, double samples) = SquaredHalves(level);
        return Math.Sqrt(seeds + (estimand == Estimand.Seeds ? 0 : Math.Max(0, samples)));
    }

    /// <summary>
    /// The two terms below the root of <see cref="HalfWidth"/>, of seeds and of samples, which is not cut off at 0
    /// here: both are quadratic forms in the values of the table.
    /// </summary>
    internal (double Seeds, double Samples) SquaredHalves(double level)
    {
        if (Seeds < 2 || Samples < 2)
        {
            return (double.PositiveInfinity, 0);
        }

        double tail = (1 + level) / 2,
            ofSeeds = StudentT.InvCDF(0, 1, Seeds - 1, tail),
            ofSamples = StudentT.InvCDF(0, 1, Samples - 1, tail);
        return (
            Square(ofSeeds) * SeedPart,
            Square(ofSamples) * (SampleMeanSquare - ResidualMeanSquare) / ((double)Seeds * Samples)
        );
    }

    /// <summary>
    /// What the mean squares would be on average with other numbers of seeds and samples and the variances as
    /// estimated.
    /// </summary>
    public Effect At(int seeds, int samples) =>
        new(
            seeds,
            samples,
            Mean,
            InteractionVariance + (samples * SeedVariance),
            InteractionVariance + (seeds * SampleVariance),
            InteractionVariance
        );

    /// <summary>
    /// σ²_s/n + σ²_st/(nm), estimated by MS_s/(nm). Where all seeds happen to have the very same mean, MS_st stands in.
    /// </summary>
    private double SeedPart => (SeedMeanSquare > 0 ? SeedMeanSquare : ResidualMeanSquare) / ((double)Seeds * Samples);

    /// <summary>σ²_t/m, estimated by max(0, MS_t − MS_st)/(nm); 0 where the samples are as they are.</summary>
    private double SamplePart(Estimand estimand) =>
        estimand == Estimand.Seeds ? 0 : Math.Max(0, SampleMeanSquare - ResidualMeanSquare) / ((double)Seeds * Samples);

    private static double Square(double value) => value * value;
}
