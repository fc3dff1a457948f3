namespace Reproduction.Figures;

/// <summary>An axis from the data's range to a length on paper, with ticks at round numbers.</summary>
internal abstract class Axis(double length)
{
    /// <summary>Where the axis begins, in its own measure.</summary>
    public abstract double Minimum { get; }

    /// <summary>Where it ends.</summary>
    public abstract double Maximum { get; }

    /// <summary>Tick values with their texts, ascending.</summary>
    public abstract IEnumerable<(double Value, string Text)> Ticks();

    /// <summary>Distance from the axis' beginning.</summary>
    public double Position(double value) => (Measure(value) - Minimum) / (Maximum - Minimum) * length;

    /// <summary>The value itself, or what of it grows evenly along the axis.</summary>
    public virtual double Measure(double value) => value;
}
