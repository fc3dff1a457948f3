namespace Reproduction.Data;

/// <summary>
/// Computes sine and cosine with only +, −, ×, ÷ and rounding to whole numbers, which every processor rounds alike. The
/// functions of different systems may differ in the last bit, and then generated data would differ too.
/// </summary>
internal static class PortableSine
{
    private const double FullTurn = 2 * Math.PI;

    // An eighth of an angle within half a turn is at most 0.4, so the first omitted term of the series is below 10⁻¹⁹.
    private const int Doublings = 3;
    private const int Terms = 9;

    public static (double Sine, double Cosine) SinCos(double angle)
    {
        double x = (angle - (FullTurn * Math.Round(angle / FullTurn))) / (1 << Doublings),
            square = x * x;

        // sin x = x − x³/3! + …, 1 − cos x = x²/2! − x⁴/4! + …, by Horner from the last term.
        double sine = 1,
            versine = 1;
        for (int k = Terms; k >= 1; k--)
        {
            sine = 1 - (square / (2 * k * ((2 * k) + 1)) * sine);
            versine = 1 - (square / (((2 * k) + 1) * ((2 * k) + 2)) * versine);
        }

        sine *= x;
        double cosine = 1 - (square / 2 * versine);
        for (int d = 0; d < Doublings; d++)
        {
            (sine, cosine) = (2 * sine * cosine, 1 - (2 * sine * sine));
        }

        return (sine, cosine);
    }
}
