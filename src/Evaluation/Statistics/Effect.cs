using MathNet.Numerics.Distributions;

namespace Reproduction.Statistics;

/// <summary>
/// The mean of a table of seeds and test samples, and how far it may be off, when seeds and samples are both drawn at
/// random: crossed random effects, with the components of variance by moments.
/// </summary>
/// <remarks>
/// Searle, Casella and McCulloch 1992, chapter 4, for the mean squares of a two-way layout with one value per cell;
/// Satterthwaite 1946 for the degrees of freedom of a sum of mean squares. docs/statistics.md has the derivation, and
/// how often the interval covers.
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
    public double StandardError(Estimand estimand) => Precision(estimand).Error;

    /// <summary>The degrees of freedom of the standard error.</summary>
    public double DegreesOfFreedom(Estimand estimand) => Precision(estimand).Freedom;

    /// <summary>
    /// The interval of the mean: Student's, with the standard error and degrees of freedom of the estimand. Of one seed
    /// nothing is known.
    /// </summary>
    /// <param name="level">The probability with which it covers, in (0, 1).</param>
    public Interval Interval(Estimand estimand, double level = Level)
    {
        (double error, double freedom) = Precision(estimand);
        if (Seeds < 2 || Samples < 2)
        {
            return Statistics.Interval.Unknown;
        }

        double half = error == 0 ? 0 : StudentT.InvCDF(0, 1, freedom, (1 + level) / 2) * error;
        return new Interval(Mean - half, Mean + half);
    }

    /// <summary>
    /// What the standard error and its degrees of freedom would be with other numbers of seeds and samples and the
    /// variances as estimated.
    /// </summary>
    internal (double Error, double Freedom) At(int seeds, double samples, Estimand estimand) =>
        Combined(
            seeds,
            samples,
            InteractionVariance + (samples * SeedVariance),
            InteractionVariance + (seeds * SampleVariance),
            InteractionVariance,
            estimand
        );

    private (double Error, double Freedom) Precision(Estimand estimand) =>
        Combined(Seeds, Samples, SeedMeanSquare, SampleMeanSquare, ResidualMeanSquare, estimand);

    /// <summary>
    /// Var(d..) = σ²_s/n + σ²_t/m + σ²_st/(nm) = (MS_s + max(0, MS_t − MS_st))/(nm); with the samples as they are,
    /// MS_s/(nm). Satterthwaite: ν = (Σ c_k MS_k)² / Σ (c_k MS_k)²/ν_k.
    /// </summary>
    private static (double Error, double Freedom) Combined(
        int n,
        double m,
        double seed,
        double sample,
        double residual,
        Estimand estimand
    )
    {
        bool drawsSamples = estimand == Estimand.SeedsAndSamples && sample > residual;
        double sum = drawsSamples ? seed + sample - residual : seed,
            squares = Square(seed) / (n - 1);
        if (drawsSamples)
        {
            squares += (Square(sample) / (m - 1)) + (Square(residual) / ((n - 1) * (m - 1)));
        }

        return (Math.Sqrt(sum / (n * m)), squares > 0 ? Square(sum) / squares : n - 1);
    }

    private static double Square(double value) => value * value;
}
