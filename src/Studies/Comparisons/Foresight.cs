using System.Globalization;
using Reproduction.Statistics;
using Reproduction.Studies.Drawing;

namespace Reproduction.Studies.Comparisons;

/// <summary>Says before anything runs what a question's seeds and test samples can decide.</summary>
public static class Foresight
{
    // Variances of a difference between random projections and themselves, learned or drawn anew, as MNIST has them:
    // see docs/statistics.md.
    private const double SeedVariance = 0.004 * 0.004;
    private const double SampleVariance = 0.01;
    private const double InteractionVariance = 0.03;

    /// <summary>
    /// Returns a line: from which difference on a comparison is likely to be decided (power 80 %), if its variances are
    /// those of MNIST; or that one seed decides nothing.
    /// </summary>
    public static string Line(Question question, int seeds, int samples)
    {
        ArgumentNullException.ThrowIfNull(question);
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"{Cells.Seeds(seeds)}, {samples:N0} test samples, {question.Comparisons} comparison(s)"
        );
        if (seeds < 2)
        {
            return $"{what}: one seed decides nothing; take --seeds 5 or more, or --seeds auto";
        }

        Effect typical = new(
            seeds,
            samples,
            0,
            InteractionVariance + (samples * SeedVariance),
            InteractionVariance + (seeds * SampleVariance),
            InteractionVariance
        );
        double difference =
            100 * Requirement.Decidable(typical, question.Terms.LevelOf(question.Comparisons), question.Terms.Estimand);
        return $"{what}: differences from about {Cells.Number(difference, 1)} points on are likely to be decided";
    }
}
