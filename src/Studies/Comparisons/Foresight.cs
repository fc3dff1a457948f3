using System.Globalization;
using Reproduction.Statistics;
using Reproduction.Studies.Drawing;

namespace Reproduction.Studies.Comparisons;

/// <summary>Says before anything runs what a question's seeds and test samples can decide.</summary>
public static class Foresight
{
    // Variances of the difference between competitive neurons and random ones, 128 units on MNIST, ridge probe.
    private const double SeedVariance = 0.004 * 0.004;
    private const double SampleVariance = 0.01;
    private const double InteractionVariance = 0.1;

    /// <summary>
    /// Returns a line: from which difference on a comparison is likely to be decided (power 80 %), if its variances are
    /// those of MNIST at 128 units; or that the question cannot be decided.
    /// </summary>
    public static string Line(Question question, int samples)
    {
        ArgumentNullException.ThrowIfNull(question);
        string what = string.Create(
            CultureInfo.InvariantCulture,
            $"{Cells.Seeds(question.MostSeeds)}, {samples:N0} test samples, {question.Comparisons} comparison(s)"
        );
        if (question.MostSeeds < 2)
        {
            return $"{what}: one seed decides nothing; take --seeds 5 or more, or --seeds auto";
        }

        if (samples < 2)
        {
            return $"{what}: so few test samples decide nothing";
        }

        Effect typical = new Effect(
            2,
            2,
            0,
            InteractionVariance + (2 * SeedVariance),
            InteractionVariance + (2 * SampleVariance),
            InteractionVariance
        ).At(question.MostSeeds, samples);
        double above = question.Terms.Threshold ?? 0,
            difference =
                above
                + Requirement.Decidable(typical, question.Terms.LevelOf(question.Comparisons), question.Terms.Estimand);
        return $"{what}: if they vary as MNIST's at 128 units do, differences from about "
            + $"{Cells.Number(100 * difference, 1)} points on are likely to be decided";
    }
}
