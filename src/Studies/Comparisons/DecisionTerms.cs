using Reproduction.Statistics;

namespace Reproduction.Studies.Comparisons;

/// <summary>On which terms a question is decided; they are declared with it and saved with its answer.</summary>
/// <param name="Margin">δ, the difference in accuracy that matters, as a share.</param>
/// <param name="Estimand">What the difference is meant to hold for.</param>
/// <param name="Level">The level of the whole question, 1 − α.</param>
/// <param name="IsSimultaneous">Whether the intervals of all comparisons hold together at that level, as they must
/// where a table is read row by row; otherwise each holds by itself, which suffices where all must agree.</param>
public sealed record DecisionTerms(double Margin, Estimand Estimand, double Level, bool IsSimultaneous)
{
    /// <summary>
    /// Of a gate, the difference that every comparison must be shown to exceed, as a share; null where each comparison
    /// is read for what it says.
    /// </summary>
    public double? Threshold { get; init; }

    /// <summary>The number of seeds below which intervals are so wide that little is decided.</summary>
    public const int FewestSeeds = 5;

    /// <summary>The margin that is taken where none is named: half a point.</summary>
    public const double DefaultMargin = 0.005;

    /// <summary>Half a point, new seeds and samples, 95 %, intervals that hold together.</summary>
    public static DecisionTerms Default { get; } =
        new(DefaultMargin, Estimand.SeedsAndSamples, Effect.Level, IsSimultaneous: true);

    /// <summary>The level of each interval.</summary>
    /// <param name="comparisons">How many comparisons the question consists of.</param>
    public double LevelOf(int comparisons) => IsSimultaneous ? Family.Simultaneous(comparisons, Level) : Level;
}
