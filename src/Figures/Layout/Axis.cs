namespace Reproduction.Figures;

/// <summary>An axis that maps the data's range to a length on paper, with ticks at round numbers.</summary>
internal abstract class Axis(double length)
{
    /// <summary>The beginning of the axis, in units of <see cref="Measure"/>.</summary>
    public abstract double Minimum { get; }

    /// <summary>The end of the axis, in units of <see cref="Measure"/>.</summary>
    public abstract double Maximum { get; }

    /// <summary>Returns the tick values with their texts, ascending.</summary>
    public abstract IEnumerable<(double Value, string Text)> Ticks();

    /// <summary>Returns a value's distance from the beginning of the axis, in the unit of its length.</summary>
    public double Position(double value) => (Measure(value) - Minimum) / (Maximum - Minimum) * length;

    /// <summary>Returns the quantity that grows evenly along the axis: the value itself, or a function of it.</summary>
    public virtual double Measure(double value) => value;
}
