using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C2: at 2048 units the competitive rule beats random projections.</summary>
internal static class C2CompetitiveWins
{
    private const int Width = 2048;

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "C2",
                "Table 1",
                "At 2048 units the competitive rule beats random projections",
                "93.6 against 84.0",
                Evidences.Mnist,
                Evidences.Id("probe-factorial"),
                Decide
            ),
        ];

    private static Finding Decide(Evidence evidence) =>
        Repair.Decide(
            evidence,
            (side, data) => side.Gap(data, PublishedProtocol.Competitive, Width),
            (side, data) =>
                $"competitive rule {side.Mean(data, PublishedProtocol.Competitive, Width)}, "
                + $"{side.RandomAt(data, Width)}"
        );
}
