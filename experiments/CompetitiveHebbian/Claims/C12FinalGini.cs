using System.Globalization;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C12: the final Gini coefficient of the competitive rule at 2048 units on MNIST; text and table differ.
/// </summary>
internal static class C12FinalGini
{
    private const int Width = 2048;

    public static IEnumerable<Claim> Claims =>
        [Printed("text", "text", .985, .0005), Printed("table", "Table 2", .90, .005)];

    private static Claim Printed(string where, string source, double printed, double rounding) =>
        new(
            $"C12/{where}",
            source,
            $"The competitive rule's final Gini at 2048 units on MNIST, as the {where} has it",
            printed.ToString(CultureInfo.InvariantCulture),
            Evidences.Mnist,
            Evidences.Id("table-2"),
            evidence => Decide(evidence, printed, rounding)
        );

    private static Finding Decide(Evidence evidence, double printed, double rounding)
    {
        SeedInterval end = Evidences
            .Ginis(
                Evidences.Table2(evidence),
                PublishedProtocol.Competitive,
                PublishedProtocol.HiddenLayer,
                row => row.GiniEnd
            )
            .Single(width => width.Width == Width)
            .Value;
        double half = end.HasInterval ? end.PredictionHalfWidth : 0.005;
        return Finding.Of(
            $"{Evidences.Interval(end, 3)}; a single seed within ± {Cells.Number(half, 3)}",
            Math.Abs(end.Mean - printed) <= half + rounding,
            end.Count
        );
    }
}
