using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Reproduction.Statistics;
using Reproduction.Studies.Drawing;

namespace Reproduction.Studies.Claims;

/// <summary>A number that was measured with several seeds, and how far it may be off.</summary>
public sealed class Quantity
{
    private readonly Func<double, Interval> intervalAt;
    private readonly int decimals;
    private readonly bool isSigned;
    private readonly Func<double, double>? scale;
    private readonly (Effect Effect, Func<double, double> Unit, Estimand Estimand)? planned;

    private Quantity(
        string name,
        double value,
        double standardError,
        Func<double, Interval> intervalAt,
        int decimals,
        bool isSigned,
        Func<double, double>? scale = null,
        int missing = 0,
        (Effect Effect, Func<double, double> Unit, Estimand Estimand)? planned = null
    )
    {
        Name = name;
        Value = value;
        StandardError = standardError;
        this.intervalAt = intervalAt;
        this.decimals = decimals;
        this.isSigned = isSigned;
        this.scale = scale;
        Missing = missing;
        this.planned = planned;
    }

    /// <summary>What the number is of.</summary>
    public string Name { get; }

    /// <summary>The number.</summary>
    public double Value { get; }

    /// <summary>
    /// Its standard error; 0 for a number without one, not a number where nothing is known of it. Of a ratio it is that
    /// of the logarithm, of a correlation that of Fisher's z.
    /// </summary>
    public double StandardError { get; }

    /// <summary>
    /// The number of seeds whose runs diverged: the number leaves them out or, in a difference in accuracy, counts them
    /// as wrong on every test sample.
    /// </summary>
    public int Missing { get; }

    /// <summary>"Competitive +18.05 [+16.83, +19.25]": the number with its 95 % interval.</summary>
    public string Text => $"{Name} {Numbers}";

    /// <summary>"+18.05 [+16.83, +19.25]".</summary>
    public string Numbers
    {
        get
        {
            Interval interval = Interval(Effect.Level);
            bool hasInterval = StandardError > 0 && double.IsFinite(interval.Low) && double.IsFinite(interval.High);
            string missing = Missing > 0 ? $" ({Missing} diverged)" : "";
            return Format(Value) + (hasInterval ? $" [{Format(interval.Low)}, {Format(interval.High)}]" : "") + missing;
        }
    }

    /// <summary>The mean of one number per seed, with its interval by Student's t.</summary>
    /// <param name="values">One per seed; what is no finite number, as of a run that diverged, is missing.</param>
    /// <exception cref="MissingEvidenceException">No number is there.</exception>
    public static Quantity Mean(string name, IReadOnlyList<double> values, int decimals = 2, bool isSigned = false)
    {
        double[] finished = [.. values.Where(double.IsFinite)];
        int n = finished.Length;
        if (n == 0)
        {
            throw new MissingEvidenceException($"{name}: no run came to its end");
        }

        double mean = finished.Mean(),
            error = finished.StandardDeviation() / Math.Sqrt(n);
        Interval At(double level)
        {
            if (n < 2)
            {
                return Statistics.Interval.Unknown;
            }

            double half = StudentT.InvCDF(0, 1, n - 1, (1 + level) / 2) * error;
            return new Interval(mean - half, mean + half);
        }

        return new Quantity(
            name,
            mean,
            error,
            At,
            decimals,
            isSigned,
            missing: values.Count - n,
            planned: (OverSeeds(mean, error, n), value => value, Estimand.Seeds)
        );
    }

    /// <summary>
    /// A difference in accuracy in points, for new seeds and new test samples; see <see cref="Effect"/>.
    /// </summary>
    /// <param name="differences">As shares, for each seed and test sample.</param>
    /// <exception cref="MissingEvidenceException">No seed is there.</exception>
    public static Quantity Points(string name, SampleTable differences)
    {
        Effect effect = Effect.Of(differences);
        if (effect.Seeds == 0)
        {
            throw new MissingEvidenceException($"{name}: no seed has both");
        }

        Interval At(double level)
        {
            Interval shares = effect.Interval(Estimand.SeedsAndSamples, level);
            return new Interval(100 * shares.Low, 100 * shares.High);
        }

        return new Quantity(
            name,
            100 * effect.Mean,
            100 * effect.StandardError(Estimand.SeedsAndSamples),
            At,
            decimals: 2,
            isSigned: true,
            missing: differences.Diverged.Count,
            planned: (effect, points => points / 100, Estimand.SeedsAndSamples)
        );
    }

    /// <summary>An accuracy in percent, for new seeds and new test samples.</summary>
    /// <param name="right">1 for each seed and test sample that is right, else 0; at least one seed.</param>
    public static Quantity Percent(string name, SampleTable right) => Points(name, right).Unsigned();

    /// <summary>The value of one more seed, with its prediction interval by Student's t.</summary>
    /// <inheritdoc cref="Mean"/>
    public static Quantity Prediction(string name, IReadOnlyList<double> values, int decimals = 2)
    {
        // The mean differs from one more seed's value by s·√(1 + 1/n), and from the true mean by s/√n.
        Quantity mean = Mean(name, values, decimals);
        double times = Math.Sqrt(values.Count - mean.Missing + 1);
        Interval At(double level)
        {
            Interval interval = mean.Interval(level);
            return new Interval(
                mean.Value - (times * (mean.Value - interval.Low)),
                mean.Value + (times * (interval.High - mean.Value))
            );
        }

        return new Quantity(
            name,
            mean.Value,
            times * mean.StandardError,
            At,
            decimals,
            isSigned: false,
            missing: mean.Missing
        );
    }

    /// <summary>The geometric mean of one ratio per seed, with its interval by Student's t on logarithms.</summary>
    /// <param name="logarithms">Of the ratios; those that are no finite numbers are missing.</param>
    /// <inheritdoc cref="Mean"/>
    public static Quantity Ratio(string name, IReadOnlyList<double> logarithms)
    {
        Quantity mean = Mean(name, logarithms);
        Interval At(double level)
        {
            Interval interval = mean.Interval(level);
            return new Interval(Math.Exp(interval.Low), Math.Exp(interval.High));
        }

        return new Quantity(
            name,
            Math.Exp(mean.Value),
            mean.StandardError,
            At,
            decimals: 2,
            isSigned: false,
            Math.Log,
            mean.Missing,
            (mean.planned!.Value.Effect, Math.Log, Estimand.Seeds)
        );
    }

    /// <summary>
    /// The median of one ratio per seed, with its interval by order statistics; its standard error is a quarter of that
    /// interval's width, on logarithms.
    /// </summary>
    /// <param name="logarithms">Of the ratios; at least one, all of them finite.</param>
    public static Quantity MedianRatio(string name, IReadOnlyList<double> logarithms)
    {
        ArgumentNullException.ThrowIfNull(logarithms);
        Interval At(double level)
        {
            Interval interval = MedianInterval.Of(logarithms, level);
            return interval == Statistics.Interval.Unknown
                ? interval
                : new Interval(Math.Exp(interval.Low), Math.Exp(interval.High));
        }

        Interval own = MedianInterval.Of(logarithms);
        return new Quantity(
            name,
            Math.Exp(logarithms.Median()),
            own == Statistics.Interval.Unknown ? double.NaN : (own.High - own.Low) / 4,
            At,
            decimals: 2,
            isSigned: false,
            Math.Log
        );
    }

    /// <summary>
    /// A correlation that was averaged by Fisher's z, with its interval by leaving out one seed at a time (jackknife)
    /// and Student's t, on z.
    /// </summary>
    /// <param name="z">The inverse hyperbolic tangent of the correlation.</param>
    /// <param name="leavingOut">The same without each seed; at least two.</param>
    public static Quantity Correlation(string name, double z, IReadOnlyList<double> leavingOut)
    {
        ArgumentNullException.ThrowIfNull(leavingOut);
        int n = leavingOut.Count;
        double mean = leavingOut.Mean(),
            error = Math.Sqrt((n - 1.0) / n * leavingOut.Sum(value => (value - mean) * (value - mean)));
        Interval At(double level)
        {
            double half = StudentT.InvCDF(0, 1, n - 1, (1 + level) / 2) * error;
            return new Interval(Math.Tanh(z - half), Math.Tanh(z + half));
        }

        return new Quantity(
            name,
            Math.Tanh(z),
            error,
            At,
            decimals: 2,
            isSigned: true,
            Math.Atanh,
            planned: (OverSeeds(z, error, n), Math.Atanh, Estimand.Seeds)
        );
    }

    /// <summary>
    /// A share of independent cases, with its interval by Clopper and Pearson. Its standard error is a quarter of that
    /// interval's width, so that a share of 0 or 1 has one too.
    /// </summary>
    public static Quantity Share(string name, int hits, int cases)
    {
        Interval At(double level) => Proportion.Of(hits, cases, level).Interval;
        Interval interval = At(Effect.Level);
        return new Quantity(
            name,
            hits / (double)cases,
            (interval.High - interval.Low) / 4,
            At,
            decimals: 2,
            isSigned: false
        );
    }

    /// <summary>A number that has no error, such as one that follows from the equations.</summary>
    public static Quantity Exact(string name, double value) =>
        new(name, value, 0, _ => new Interval(value, value), decimals: 4, isSigned: false);

    /// <summary>The interval of a level 1 − α.</summary>
    public Interval Interval(double level) => intervalAt(level);

    /// <summary>The condition that the number lies above a threshold, and not by less than a margin.</summary>
    /// <param name="margin">What matters: that a number lies above the threshold is refuted where it is shown not to
    /// lie above it by as much.</param>
    public Contrast Above(double threshold, double margin = 0) => new(this, threshold, double.PositiveInfinity, margin);

    /// <summary>The condition that the number lies below a threshold; the other way round.</summary>
    public Contrast Below(double threshold, double margin = 0) => new(this, double.NegativeInfinity, threshold, margin);

    /// <summary>The condition that the number lies between two thresholds.</summary>
    public Contrast Within(double low, double high) => new(this, low, high, margin: 0);

    /// <summary>How far the number is from a threshold, in standard errors; positive above it.</summary>
    internal double DistanceFrom(double threshold)
    {
        double beyond = scale is null ? Value - threshold : scale(Value) - scale(threshold);
        return beyond == 0 ? 0 : beyond / StandardError;
    }

    /// <summary>
    /// How many seeds, and test samples where these are too few, would show with a power of 80 % that the number lies
    /// above a threshold, or below it, if number and variances are as estimated; null if none would.
    /// </summary>
    internal Requirement? Needed(double threshold, bool above, double level)
    {
        if (planned is not var (effect, unit, estimand))
        {
            return null;
        }

        double bound = unit(threshold);
        return above
            ? Requirement.Above(effect, bound, level, estimand)
            : Requirement.Above(effect with { Mean = -effect.Mean }, -bound, level, estimand);
    }

    /// <summary>A mean over n seeds as an effect whose test samples do not vary, to plan with.</summary>
    private static Effect OverSeeds(double mean, double error, int n) =>
        new(n, 2, mean, 2 * n * error * error, SampleMeanSquare: 0, ResidualMeanSquare: 0);

    private Quantity Unsigned() =>
        new(Name, Value, StandardError, intervalAt, decimals, isSigned: false, scale, Missing, planned);

    private string Format(double number) =>
        isSigned ? Cells.Signed(number, decimals)
        : Math.Abs(number) is > 0 and < 1e-3 or >= 1e6 ? string.Create(CultureInfo.InvariantCulture, $"{number:0.0e0}")
        : Cells.Number(number, decimals).Replace('-', '−');
}
