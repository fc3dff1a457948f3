using System.Globalization;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.TargetPropagation.Claims;

/// <summary>T1: a finite step on weights and inputs at once has quadratic terms.</summary>
internal static class T1LengthNoise
{
    // Double precision's rounding, with a margin for sums of hundreds of products.
    private const double Rounding = 1e-9;

    // How far a ratio of terms may be from the ratio of learning rates.
    private const double Proportional = 1e-3;

    public static IEnumerable<Claim> Claims =>
        [
            Evidences.Claim(
                "T1",
                Evidences.Note,
                "A finite step on weights and inputs at once has quadratic terms and \"length noise\"",
                "expansion",
                Decide
            ),
        ];

    /// <summary>
    /// The claim holds if, in every arm, the measured change is the predicted one, it is larger than the ideal one at
    /// the smallest learning rate, and the quadratic term's share grows with the rate in proportion.
    /// </summary>
    private static Finding Decide(Evidence evidence)
    {
        ArmMeasures data = new(evidence.Table<MeasureRow>("expansion", "expansion"));
        double deviation = data.Arms.SelectMany(arm => data.Values(arm, "deviation")).Max();
        bool holds = deviation < Rounding;
        List<string> values = [];
        foreach (string arm in data.Arms)
        {
            double[] rates = Expansion.Rates(data, arm);
            double least = rates[0],
                most = rates[^1],
                moved = Ratio(data, arm, "measured", "ideal", least),
                shareAtMost = Ratio(data, arm, "quadratic", "linear", most),
                growth = shareAtMost / Ratio(data, arm, "quadratic", "linear", least);
            values.Add(
                $"{arm}: the output moves {Text(moved)} times as far as η·dy at the least η, and the quadratic term "
                    + $"is {Text(100 * shareAtMost)} % of the linear one at η = {Text(most)}"
            );
            holds &= moved > 1 && Math.Abs(growth / (most / least) - 1) < Proportional;
        }

        string value = string.Create(
            CultureInfo.InvariantCulture,
            $"measured and predicted changes differ by {deviation:0e0} of the change; {string.Join("; ", values)}"
        );
        return Finding.Of(value, holds, data.Seeds);
    }

    /// <summary>The mean norm of one term of the change over the mean norm of another, at a learning rate.</summary>
    private static double Ratio(ArmMeasures data, string arm, string term, string to, double rate) =>
        data.Values(arm, Expansion.Key(term, rate)).Average() / data.Values(arm, Expansion.Key(to, rate)).Average();

    private static string Text(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
