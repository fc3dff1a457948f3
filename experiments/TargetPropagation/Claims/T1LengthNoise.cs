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
                "Motivation",
                "even a single finite-step update introduces quadratic terms and 'length noise'",
                "A finite step on weights and inputs at once has quadratic terms and \"length noise\"",
                "expansion",
                "follows from the equations; tested: the measured change differs from the predicted one by less than "
                    + "10⁻⁹ of it, lies above the ideal one at the smallest learning rate, and the quadratic term's "
                    + "share grows with the rate in proportion, within 0.1 %",
                Decide,
                ClaimKind.Identity
            ),
        ];

    private static Finding Decide(Evidence evidence)
    {
        ArmMeasures data = new(evidence.Table<MeasureRow>("expansion", "expansion"));
        if (data.Arms.Count == 0)
        {
            throw new MissingEvidenceException("the expansion was not measured");
        }

        List<Condition> conditions =
        [
            Quantity
                .Exact(
                    "largest difference of measured and predicted change",
                    data.Arms.SelectMany(arm => data.Values(arm, "deviation")).Max()
                )
                .Below(Rounding),
        ];
        foreach (string arm in data.Arms)
        {
            double[] rates = Expansion.Rates(data, arm);
            double least = rates[0],
                most = rates[^1],
                growth = Ratio(data, arm, "quadratic", "linear", most) / Ratio(data, arm, "quadratic", "linear", least);
            conditions.Add(
                Quantity
                    .Exact(
                        $"{arm}: the output moves, times as far as η·dy",
                        Ratio(data, arm, "measured", "ideal", least)
                    )
                    .Above(1)
            );
            conditions.Add(
                Quantity
                    .Exact($"{arm}: growth of the quadratic term's share over that of η", growth / (most / least))
                    .Within(1 - Proportional, 1 + Proportional)
            );
        }

        return new Finding(Condition.All(conditions));
    }

    /// <summary>The mean norm of one term of the change over the mean norm of another, at a learning rate.</summary>
    private static double Ratio(ArmMeasures data, string arm, string term, string to, double rate) =>
        data.Values(arm, Expansion.Key(term, rate)).Average() / data.Values(arm, Expansion.Key(to, rate)).Average();
}
