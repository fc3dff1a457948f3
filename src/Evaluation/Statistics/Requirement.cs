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

    /// <summary>
    /// Returns the smallest requirement; null if there is none, because the difference lies on the margin or nothing is
    /// known of its variance.
    /// </summary>
    /// <remarks>
    /// A difference d is decided once h + z_80·SE is at most |d|, or at most δ − |d|, whichever is more, where h is
    /// half the interval's width: then it is shown to differ from 0, or to be smaller than the margin.
    /// </remarks>
    /// <param name="margin">δ, as a share.</param>
    /// <param name="level">The level of the comparison's interval.</param>
    public static Requirement? Of(Effect effect, double margin, double level, Estimand estimand)
    {
        ArgumentNullException.ThrowIfNull(effect);
        double distance = Math.Max(Math.Abs(effect.Mean), margin - Math.Abs(effect.Mean));
        if (effect.Seeds < 2 || !(distance > 0))
        {
            return null;
        }

        bool Decides(int seeds, int samples) => Decidable(effect.At(seeds, samples), level, estimand) <= distance;

        int enough = Smallest(2, MostSeeds, seeds => Decides(seeds, effect.Samples));
        if (enough <= MostSeeds)
        {
            return new Requirement(enough, null);
        }

        // Half of the variance that is allowed is left to the seeds.
        double normal = Normal.InvCDF(0, 1, (1 + level) / 2) + Normal.InvCDF(0, 1, Power),
            needed = Math.Ceiling(2 * effect.SampleVariance * Math.Pow(normal / distance, 2));
        int samples = (int)Math.Min(int.MaxValue, needed),
            with = Smallest(2, MostSeeds, seeds => Decides(seeds, samples));
        return with <= MostSeeds ? new Requirement(with, samples) : null;
    }

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
