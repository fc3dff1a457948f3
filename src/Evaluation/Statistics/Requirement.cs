using MathNet.Numerics.Distributions;

namespace Reproduction.Statistics;

/// <summary>
/// What would decide an inconclusive comparison with a power of 80 %, if its difference and variances are as estimated.
/// </summary>
/// <param name="Seeds">The number of seeds.</param>
/// <param name="Samples">The number of test samples, where those at hand are too few for any number of seeds; else
/// null.</param>
public sealed record Requirement(int Seeds, int? Samples)
{
    /// <summary>The largest number of seeds that is thought of.</summary>
    public const int MostSeeds = 1000;

    private const double Power = 0.8;
    private const int MostSamples = 100_000_000;

    /// <summary>
    /// Returns the smallest requirement; null if nothing is known of the variance, if the difference lies where no
    /// number decides it, or if more than <see cref="MostSeeds"/> seeds would be needed.
    /// </summary>
    /// <remarks>
    /// With h half the interval's width, a difference d is shown to differ from 0 with a power of Φ((|d| − h)/SE), and
    /// to be smaller than the margin with Φ((δ − |d| − h)/SE) + Φ((δ + |d| − h)/SE) − 1.
    /// </remarks>
    /// <param name="margin">δ, as a share.</param>
    /// <param name="level">The level of the comparison's interval.</param>
    public static Requirement? Of(Effect effect, double margin, double level, Estimand estimand)
    {
        ArgumentNullException.ThrowIfNull(effect);
        double d = Math.Abs(effect.Mean);
        return Smallest(
            effect,
            level,
            estimand,
            Math.Max(d, margin - d),
            (half, error) =>
                Math.Max(
                    Chance((d - half) / error),
                    Chance((margin - d - half) / error) + Chance((margin + d - half) / error) - 1
                )
        );
    }

    /// <summary>
    /// Returns the smallest requirement for showing that a difference lies above a threshold; null also if it was seen
    /// not to.
    /// </summary>
    /// <param name="threshold">As a share.</param>
    /// <param name="level">The level of the comparison's interval.</param>
    public static Requirement? Above(Effect effect, double threshold, double level, Estimand estimand)
    {
        ArgumentNullException.ThrowIfNull(effect);
        double distance = effect.Mean - threshold;
        return Smallest(effect, level, estimand, distance, (half, error) => Chance((distance - half) / error));
    }

    private static Requirement? Smallest(
        Effect effect,
        double level,
        Estimand estimand,
        double distance,
        Func<double, double, double> power
    )
    {
        if (effect.Seeds < 2 || effect.Samples < 2 || !(distance > 0))
        {
            return null;
        }

        bool Decides(int seeds, int samples)
        {
            Effect other = effect.At(seeds, samples);
            return power(other.HalfWidth(estimand, level), other.StandardError(estimand)) >= Power;
        }

        int enough = Smallest(2, MostSeeds, seeds => Decides(seeds, effect.Samples));
        if (enough <= MostSeeds || estimand == Estimand.Seeds)
        {
            return enough <= MostSeeds ? new Requirement(enough, null) : null;
        }

        // With as many seeds as that, what is lacking are samples.
        int samples = Smallest(effect.Samples, MostSamples, count => Decides(MostSeeds, count));
        if (samples > MostSamples)
        {
            return null;
        }

        // A quarter more samples than that leaves room for fewer seeds.
        samples += samples / 4;
        return new Requirement(Smallest(2, MostSeeds, seeds => Decides(seeds, samples)), samples);
    }

    private static double Chance(double z) => Normal.CDF(0, 1, z);

    /// <summary>
    /// The smallest difference, as a share, that an interval of this level shows with a power of 80 % where seeds,
    /// samples and variances are those of an effect: h + z_80·SE, with h half the interval's width.
    /// </summary>
    public static double Decidable(Effect effect, double level, Estimand estimand)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return effect.HalfWidth(estimand, level) + (Normal.InvCDF(0, 1, Power) * effect.StandardError(estimand));
    }

    /// <summary>
    /// Returns the smallest number that holds, given that all larger ones hold too; one more than the largest if none
    /// does.
    /// </summary>
    private static int Smallest(int low, int high, Predicate<int> holds)
    {
        high++;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = holds(middle) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
