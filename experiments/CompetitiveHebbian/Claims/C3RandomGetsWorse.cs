using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C3: random projections get worse from 512 to 2048 units.</summary>
internal static class C3RandomGetsWorse
{
    private const int Narrow = 512;
    private const int Wide = 2048;

    public static IEnumerable<Claim> Claims =>
        [On(Evidences.Mnist, "91.6 → 84.0"), On(Evidences.Cifar10, "34.2 → 16.3")];

    private static Claim On(string dataSet, string printed) =>
        new(
            $"C3/{dataSet}",
            Evidences.In("Table 1"),
            "Random projections get worse from 512 to 2048 units",
            printed,
            dataSet,
            Evidences.Id("probe-factorial"),
            Repair.Rule,
            evidence => Decide(evidence, dataSet)
        )
        {
            Needs = Repair.Needs(
                Repair.On(dataSet),
                arm => arm.Rule == PublishedProtocol.Random && arm.Width is Narrow or Wide
            ),
        };

    private static Finding Decide(Evidence evidence, string dataSet) =>
        Repair.Decide(
            evidence,
            dataSet,
            "512 − 2048 units",
            (side, data) => Random(side, data, Narrow).Less(Random(side, data, Wide)),
            (side, data) => $"{side.Mean(data, PublishedProtocol.Random, Narrow)} → {side.RandomAt(data, Wide)}"
        );

    private static SampleTable Random(Repair side, ProbeTable data, int width) =>
        side.Right(data, PublishedProtocol.Random, width);
}
