namespace Reproduction.Statistics;

/// <summary>
/// The share of an effect that a repair takes away, s = 1 − R/P, where P is the effect as published and R what is left
/// of it after the repair; with its interval by Fieller (1954): all s that the contrast (1 − s)P − R does not rule out.
/// </summary>
/// <param name="Share">The estimate; above 1 if the repair turns the effect round.</param>
/// <param name="Interval">The interval; unknown if the published effect itself cannot be told from 0.</param>
public sealed record RemovedShare(double Share, Interval Interval)
{
    /// <param name="published">The effect as published, per seed and test sample.</param>
    /// <param name="repaired">The effect after the repair; seeds that only one of them has are left out.</param>
    /// <param name="level">The level of the interval.</param>
    public static RemovedShare Of(
        SampleTable published,
        SampleTable repaired,
        Estimand estimand,
        double level = Effect.Level
    )
    {
        ArgumentNullException.ThrowIfNull(published);
        ArgumentNullException.ThrowIfNull(repaired);
        SampleTable left = repaired.Plus(0, published),
            whole = published.Plus(0, repaired);
        Effect p = Effect.Of(whole),
            r = Effect.Of(left),
            difference = Effect.Of(whole.Less(left));
        double Square(Effect effect)
        {
            (double seeds, double samples) = effect.SquaredHalves(level);
            return seeds + (estimand == Estimand.Seeds ? 0 : samples);
        }

        // With a = 1 − s: (aP − R)² ≤ a²h_P² − 2aC + h_R², a quadratic inequality in a; h² is a quadratic form, so C
        // follows from those of P, R and P − R.
        double crossed = (Square(p) + Square(r) - Square(difference)) / 2,
            square = (p.Mean * p.Mean) - Square(p),
            middle = (p.Mean * r.Mean) - crossed,
            constant = (r.Mean * r.Mean) - Square(r),
            root = Math.Sqrt((middle * middle) - (square * constant));
        Interval interval =
            square > 0 && double.IsFinite(root)
                ? new Interval(1 - ((middle + root) / square), 1 - ((middle - root) / square))
                : Statistics.Interval.Unknown;
        return new RemovedShare(1 - (r.Mean / p.Mean), interval);
    }
}
