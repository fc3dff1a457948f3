using System.Globalization;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C12: the final Gini coefficient of the competitive rule at 2048 units on MNIST; text and table differ.
/// </summary>
internal static class C12FinalGini
{
    private const string Experiment = "table-2";
    private const int Width = 2048;

    // What a single seed has may differ from what is printed by this.
    private const double Tolerance = 0.02;

    public static IEnumerable<Claim> Claims =>
        [Printed("text", Evidences.Text, .985), Printed("table", Evidences.In("Table 2"), .90)];

    private static Claim Printed(string where, ClaimSource source, double printed) =>
        new(
            $"C12/{where}",
            source,
            $"The competitive rule's final Gini at 2048 units on MNIST is {Number(printed)}, as the {where} has it",
            Number(printed),
            Evidences.Mnist,
            Evidences.Id(Experiment),
            $"shown: that of one more seed is predicted to lie within {Number(Tolerance)} of {Number(printed)} (95 % "
                + "prediction interval), as one seed was printed",
            evidence => Decide(evidence, printed)
        )
        {
            Needs =
            [
                Evidences.Runs(
                    Experiment,
                    arm =>
                        arm.Rule == PublishedProtocol.Competitive
                        && arm.Width == Width
                        && arm.Condition == Evidences.Published
                ),
            ],
        };

    private static Finding Decide(Evidence evidence, double printed)
    {
        IReadOnlyList<double?> ends = new GiniTable(Evidences.Table2(evidence)).Values(
            PublishedProtocol.Competitive.Name,
            Evidences.Published,
            Width,
            PublishedProtocol.HiddenLayer,
            row => row.GiniEnd
        );
        return new Finding(
            Quantity
                .Prediction("final Gini of one more seed", [.. ends.Select(end => end ?? double.NaN)], decimals: 3)
                .Within(printed - Tolerance, printed + Tolerance)
        );
    }

    private static string Number(double value) => value.ToString("0.0##", CultureInfo.InvariantCulture);
}
