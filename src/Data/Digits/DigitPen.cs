using System.Numerics;
using Reproduction.Numerics;

namespace Reproduction.Data;

/// <summary>Draws one digit: chooses a random way to write it, bends it, maps it to the image and inks it.</summary>
internal sealed class DigitPen
{
    // These constants make the data set about as hard for ridge regression on raw pixels as MNIST is; docs/data.md has
    // the numbers.
    private const double BendStrength = 0.055;
    private const double Rotation = 0.09;
    private const double Shear = 0.22;
    private const double Shift = 0.9;
    private const int CurveSteps = 5;
    private const int BendGrid = 4;

    // A row of distances ends with pixels that the image does not have, so that whole vectors fit.
    private const int RowLength = Digits.Size + 8;

    private static readonly Vector<double> Centres = Vector.CreateSequence(0.5, 1.0);

    private readonly RandomStream random;
    private readonly double[] bend = new double[BendGrid * BendGrid * 2];
    private readonly double a,
        b,
        c,
        d,
        shiftX,
        shiftY,
        penRadius;

    public DigitPen(RandomStream random)
    {
        this.random = random;
        for (int i = 0; i < bend.Length; i++)
        {
            bend[i] = BendStrength * Bell();
        }

        // The rotation is given by t = tan(angle/2). It is rational, so no trigonometric function brings in its own
        // rounding.
        double t = Rotation * Bell(),
            cosine = (1 - (t * t)) / (1 + (t * t)),
            sine = 2 * t / (1 + (t * t));
        double shear = Shear * Bell(),
            width = 17.5 * (1 + (0.16 * Bell())),
            height = 20 * (1 + (0.1 * Bell()));
        a = cosine * width;
        b = ((cosine * shear) - sine) * height;
        c = sine * width;
        d = ((sine * shear) + cosine) * height;
        shiftX = (Digits.Size / 2.0) + (Shift * Bell());
        shiftY = (Digits.Size / 2.0) + (Shift * Bell());
        penRadius = 0.85 + (0.75 * random.NextDouble());
    }

    public void Draw(int digit, Span<byte> pixels)
    {
        Span<double> squaredDistance = stackalloc double[Digits.Size * RowLength];
        squaredDistance.Fill(double.PositiveInfinity);
        DigitShapes.Stroke[][] variants = DigitShapes.Variants[digit];
        foreach (DigitShapes.Stroke stroke in variants[random.Next(variants.Length)])
        {
            Trace(stroke, squaredDistance);
        }

        for (int row = 0; row < Digits.Size; row++)
        {
            ReadOnlySpan<double> distances = squaredDistance.Slice(row * RowLength, Digits.Size);
            Span<byte> target = pixels.Slice(row * Digits.Size, Digits.Size);
            target.Clear();
            for (int column = 0; column < Digits.Size; column++)
            {
                if (distances[column] < double.PositiveInfinity)
                {
                    // The pen's edge is soft over one pixel.
                    double ink = Math.Clamp(penRadius + 0.5 - Math.Sqrt(distances[column]), 0, 1);
                    target[column] = (byte)((ink * 255) + 0.5);
                }
            }
        }
    }

    private void Trace(DigitShapes.Stroke stroke, Span<double> squaredDistance)
    {
        int points = stroke.Points.Length / 2;
        (double lastX, double lastY) = Map(stroke.Points[0], stroke.Points[1]);
        for (int p = 0; p + 1 < points; p++)
        {
            for (int step = 1; step <= CurveSteps; step++)
            {
                double t = step / (double)CurveSteps;
                (double x, double y) = stroke.IsCurve
                    ? Map(CatmullRom(stroke.Points, p, 0, t), CatmullRom(stroke.Points, p, 1, t))
                    : Map(Linear(stroke.Points, p, 0, t), Linear(stroke.Points, p, 1, t));
                Ink(lastX, lastY, x, y, squaredDistance);
                (lastX, lastY) = (x, y);
            }
        }
    }

    private static double Linear(double[] points, int p, int axis, double t) =>
        points[(2 * p) + axis] + (t * (points[(2 * p) + 2 + axis] - points[(2 * p) + axis]));

    /// <summary>
    /// Evaluates the cubic through points p and p + 1 whose slopes there are those of the chords around them.
    /// </summary>
    private static double CatmullRom(double[] points, int p, int axis, double t)
    {
        int last = (points.Length / 2) - 1;
        bool isClosed = points[0] == points[^2] && points[1] == points[^1];
        double At(int index) => points[(2 * index) + axis];
        double p0 =
            p > 0 ? At(p - 1)
            : isClosed ? At(last - 1)
            : At(0);
        double p1 = At(p),
            p2 = At(p + 1);
        double p3 =
            p + 2 <= last ? At(p + 2)
            : isClosed ? At(1)
            : At(last);
        return 0.5
            * (
                (2 * p1)
                + (t * (p2 - p0))
                + (t * t * ((2 * p0) - (5 * p1) + (4 * p2) - p3))
                + (t * t * t * ((3 * p1) - p0 - (3 * p2) + p3))
            );
    }

    /// <summary>
    /// Maps a point of the unit square to pixels: bends it by the displacement grid (bilinear between its nodes), then
    /// maps it affinely.
    /// </summary>
    private (double X, double Y) Map(double x, double y)
    {
        double gridX = Math.Clamp(x, 0, 0.999) * (BendGrid - 1),
            gridY = Math.Clamp(y, 0, 0.999) * (BendGrid - 1);
        int left = (int)gridX,
            top = (int)gridY;
        double u = gridX - left,
            v = gridY - top;
        double Bend(int axis)
        {
            int corner = (2 * ((top * BendGrid) + left)) + axis,
                below = corner + (2 * BendGrid);
            return ((1 - v) * (((1 - u) * bend[corner]) + (u * bend[corner + 2])))
                + (v * (((1 - u) * bend[below]) + (u * bend[below + 2])));
        }

        double bentX = x - 0.5 + Bend(0),
            bentY = y - 0.5 + Bend(1);
        return ((a * bentX) + (b * bentY) + shiftX, (c * bentX) + (d * bentY) + shiftY);
    }

    /// <summary>
    /// Lowers each pixel's squared distance to the nearest ink, for the pixels near one segment. The last vector of a
    /// row may reach pixels that are too far away for any ink.
    /// </summary>
    private void Ink(double fromX, double fromY, double toX, double toY, Span<double> squaredDistance)
    {
        double reach = penRadius + 1,
            dx = toX - fromX,
            dy = toY - fromY,
            lengthSquared = (dx * dx) + (dy * dy);
        int left = Bound(Math.Min(fromX, toX) - reach),
            right = Bound(Math.Max(fromX, toX) + reach);
        int top = Bound(Math.Min(fromY, toY) - reach),
            bottom = Bound(Math.Max(fromY, toY) + reach);
        for (int row = top; row <= bottom; row++)
        {
            double py = row + 0.5 - fromY;
            for (int column = left; column <= right; column += Vector<double>.Count)
            {
                Vector<double> px = new Vector<double>(column) + Centres - new Vector<double>(fromX),
                    along = lengthSquared > 0
                        ? Vector.Clamp(
                            ((px * dx) + new Vector<double>(py * dy)) / new Vector<double>(lengthSquared),
                            Vector<double>.Zero,
                            Vector<double>.One
                        )
                        : Vector<double>.Zero;
                Vector<double> ex = px - (along * dx),
                    ey = new Vector<double>(py) - (along * dy);
                Span<double> nearest = squaredDistance.Slice((row * RowLength) + column, Vector<double>.Count);
                Vector.Min(new Vector<double>(nearest), (ex * ex) + (ey * ey)).CopyTo(nearest);
            }
        }
    }

    private static int Bound(double position) => Math.Clamp((int)position, 0, Digits.Size - 1);

    /// <summary>
    /// Draws a bell-shaped number of mean 0 and standard deviation 1: the sum of twelve uniform numbers, less six
    /// (Irwin–Hall).
    /// </summary>
    private double Bell()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++)
        {
            sum += random.NextDouble();
        }

        return sum;
    }
}
