using System.Globalization;
using Reproduction.Statistics;

namespace Reproduction.Studies.Claims;

/// <summary>A measured number, and the threshold that it must lie beyond.</summary>
public sealed class Contrast : Condition
{
    private readonly double slack;
    private readonly bool isAbove;

    internal Contrast(Quantity quantity, double threshold, double slack, bool isAbove)
    {
        Quantity = quantity;
        Threshold = threshold;
        this.slack = slack;
        this.isAbove = isAbove;
    }

    /// <summary>The number.</summary>
    public Quantity Quantity { get; }

    /// <summary>What it must lie above or below.</summary>
    public double Threshold { get; }

    /// <summary>What is asserted of the number: "Competitive − random &gt; 0".</summary>
    public string Asserted =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Quantity.Name} {(isAbove ? '>' : '<')} {(Threshold < 0 ? "−" : "")}{Math.Abs(Threshold):0.######}"
        );

    /// <inheritdoc/>
    public override Contrast Deciding => this;

    /// <inheritdoc/>
    public override double Distance => isAbove ? Quantity.DistanceFrom(Threshold) : -Quantity.DistanceFrom(Threshold);

    /// <inheritdoc/>
    public override IEnumerable<Contrast> Contrasts => [this];

    /// <inheritdoc/>
    public override bool IsShown(double alpha)
    {
        Interval interval = Quantity.Interval(1 - alpha);
        return isAbove ? interval.Low > Threshold : interval.High < Threshold;
    }

    /// <inheritdoc/>
    public override bool IsRefuted(double alpha)
    {
        Interval interval = Quantity.Interval(1 - alpha);
        return !IsShown(alpha) && (isAbove ? interval.High < Threshold + slack : interval.Low > Threshold - slack);
    }
}
