using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C2: at 2048 units the competitive rule is better than random projections.</summary>
internal static class C2CompetitiveWins
{
    private const int Width = 2048;

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "C2",
                Evidences.In("Table 1"),
                "At 2048 units the competitive rule is better than random projections",
                "93.6 against 84.0",
                Evidences.Mnist,
                Evidences.Id("probe-factorial"),
                Repair.Rule,
                Decide
            )
            {
                Needs = Repair.Needs(
                    Repair.On(Evidences.Mnist),
                    arm =>
                        arm.Width == Width
                        && (arm.Rule == PublishedProtocol.Random || arm.Rule == PublishedProtocol.Competitive)
                ),
            },
        ];

    private static Finding Decide(Evidence evidence) =>
        Repair.Decide(
            evidence,
            Evidences.Mnist,
            "competitive − random",
            (side, data) => side.Lead(data, PublishedProtocol.Competitive, Width).Times(-1),
            (side, data) =>
                $"competitive rule {side.Mean(data, PublishedProtocol.Competitive, Width)}, "
                + $"{side.RandomAt(data, Width)}"
        );
}
