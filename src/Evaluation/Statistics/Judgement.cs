using System.Globalization;

namespace Reproduction.Statistics;

/// <summary>
/// A verdict and what it follows from: the interval of a difference in accuracy and the margin alone, so that both can
/// never disagree.
/// </summary>
/// <param name="Interval">The interval of the difference, as shares.</param>
/// <param name="Margin">δ, the difference that matters, as a share, ≥ 0.</param>
/// <param name="Diverged">The number of pairs of which a run diverged. A rule that diverges at some seeds is neither
/// better nor equivalent.</param>
public sealed record Judgement(Interval Interval, double Margin, int Diverged = 0)
{
    /// <summary>The verdict.</summary>
    public Verdict Verdict =>
        Interval.High < 0 && !IsSmall ? Verdict.Worse
        : Diverged > 0 ? Verdict.Inconclusive
        : IsSmall ? Verdict.Equivalent
        : Interval.Low > 0 ? Verdict.Better
        : Verdict.Inconclusive;

    /// <summary>Whether the rule was shown to be better by more than a threshold, and never diverged.</summary>
    public bool IsBetterBy(double threshold) => Diverged == 0 && Interval.Low > threshold;

    /// <summary>The verdict in words, with what more the interval shows.</summary>
    public string Text
    {
        get
        {
            string margin = string.Create(CultureInfo.InvariantCulture, $"{100 * Margin:0.##}");
            return Verdict switch
            {
                Verdict.Better => Interval.Low > Margin && Margin > 0 ? $"better by at least {margin}" : "better",
                Verdict.Worse => Interval.High < -Margin && Margin > 0 ? $"worse by at least {margin}" : "worse",
                Verdict.Equivalent when Interval.Low > 0 => $"equivalent (better, but by less than {margin})",
                Verdict.Equivalent when Interval.High < 0 => $"equivalent (worse, but by less than {margin})",
                Verdict.Equivalent => "equivalent",
                _ => Diverged > 0 ? $"inconclusive ({Diverged} diverged)" : "inconclusive",
            };
        }
    }

    private bool IsSmall => -Margin < Interval.Low && Interval.High < Margin;
}
