using System.Globalization;
using Reproduction.Statistics;

namespace Reproduction.Studies.Claims;

/// <summary>A measured number, and the thresholds that it must lie between.</summary>
public sealed class Contrast : Condition
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly double lower;
    private readonly double upper;
    private readonly double margin;
    private readonly bool isNegated;

    internal Contrast(Quantity quantity, double lower, double upper, double margin, bool isNegated = false)
    {
        Quantity = quantity;
        this.lower = lower;
        this.upper = upper;
        this.margin = margin;
        this.isNegated = isNegated;
    }

    /// <summary>The number.</summary>
    public Quantity Quantity { get; }

    /// <summary>What is asserted of the number: "Competitive − random &gt; 0".</summary>
    public string Assertion =>
        double.IsInfinity(upper) ? $"{Quantity.Name} {(isNegated ? $"< {Text(Nearest)}" : $"> {Text(lower)}")}"
        : double.IsInfinity(lower) ? $"{Quantity.Name} {(isNegated ? $"> {Text(Farthest)}" : $"< {Text(upper)}")}"
        : $"{Quantity.Name} {(isNegated ? "outside" : "between")} {Text(lower)} and {Text(upper)}";

    /// <inheritdoc/>
    public override IEnumerable<Contrast> Contrasts => [this];

    /// <summary>
    /// What would decide the contrast with a power of 80 %, one way or the other; null if nothing would, or if the
    /// number must lie between two thresholds.
    /// </summary>
    /// <param name="level">The level of the interval that decides it.</param>
    internal Requirement? Needed(double level)
    {
        (double Threshold, bool Above)[] ways =
            double.IsInfinity(upper) ? [(lower, true), (Nearest, false)]
            : double.IsInfinity(lower) ? [(upper, false), (Farthest, true)]
            : [];
        return ways.Select(way => Quantity.Needed(way.Threshold, way.Above, level))
            .OfType<Requirement>()
            .OrderBy(needed => needed.Samples ?? 0)
            .ThenBy(needed => needed.Seeds)
            .FirstOrDefault();
    }

    // What the number must be able to exceed, and to fall below: a difference that is smaller than the margin is none.
    private double Nearest => lower + margin;

    private double Farthest => upper - margin;

    /// <inheritdoc/>
    public override Decision Decide(double alpha)
    {
        Truth truth = TruthAt(alpha);
        Decision decision = new(truth, isNegated ? Negated() : this, 1 - alpha);
        return isNegated ? decision.Negated() : decision;
    }

    /// <summary>
    /// How many standard errors the number is from the threshold that decides: positive where it agrees with what is
    /// asserted. Infinite for a number that has no error.
    /// </summary>
    internal double Distance(double alpha)
    {
        bool isRefuted = TruthAt(alpha) == Truth.Refuted;
        double above = double.IsInfinity(lower)
                ? double.PositiveInfinity
                : Quantity.DistanceFrom(isRefuted ? Nearest : lower),
            below = double.IsInfinity(upper)
                ? double.PositiveInfinity
                : -Quantity.DistanceFrom(isRefuted ? Farthest : upper),
            distance = Math.Min(above, below);
        return isNegated ? -distance : distance;
    }

    internal Contrast Negated() => new(Quantity, lower, upper, margin, !isNegated);

    /// <summary>
    /// What is known of the assertion before it is negated. It is refuted if the whole interval lies where a difference
    /// is none or the other way round, also if it is shown to be there and to be smaller than the margin. A number of
    /// which some seeds are missing shows nothing.
    /// </summary>
    private Truth TruthAt(double alpha)
    {
        Interval interval = Quantity.Interval(1 - alpha);
        return interval.High < Nearest || interval.Low > Farthest ? Truth.Refuted
            : interval.Low > lower && interval.High < upper && Quantity.Missing == 0 ? Truth.Shown
            : Truth.Open;
    }

    private static string Text(double threshold) =>
        (threshold < 0 ? "−" : "")
        + Math.Abs(threshold).ToString(Math.Abs(threshold) is > 0 and < 1e-4 ? "0e0" : "0.####", Invariant);
}
