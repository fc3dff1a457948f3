namespace Reproduction.Statistics;

/// <summary>An interval in which a value lies, with the confidence that goes with it.</summary>
/// <param name="Low">Lower end; minus infinity if nothing is known.</param>
/// <param name="High">Upper end; infinity if nothing is known.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>The interval of which nothing is known.</summary>
    public static Interval Unknown { get; } = new(double.NegativeInfinity, double.PositiveInfinity);
}
