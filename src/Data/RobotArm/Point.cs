namespace Reproduction.Data;

/// <summary>A vector of three numbers in double precision: a place, a velocity, a force or a moment.</summary>
public readonly record struct Point(double X, double Y, double Z)
{
    public static Point operator +(Point a, Point b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Point operator *(double factor, Point a) => new(factor * a.X, factor * a.Y, factor * a.Z);

    /// <summary>Returns the cross product a × b.</summary>
    public static Point Cross(Point a, Point b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    /// <summary>Returns the product of two vectors component by component.</summary>
    public static Point Scale(Point a, Point b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);
}
