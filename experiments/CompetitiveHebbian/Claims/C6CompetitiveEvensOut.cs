using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C6: the competitive rule starts with a high Gini coefficient and drives it down in narrow networks, not in wide
/// ones.
/// </summary>
internal static class C6CompetitiveEvensOut
{
    private const double High = 0.5;

    // A coefficient goes down if it falls by more than this.
    private const double Falls = 0.1;

    public static IEnumerable<Claim> Claims =>
        [On(Evidences.Mnist, "32: −.49, 2048: −.01 (text)"), On(Evidences.Cifar10, "32: −.20, 2048: −.04")];

    private static Claim On(string dataSet, string printed) =>
        new(
            $"C6/{dataSet}",
            "Table 2",
            "The competitive rule starts with a high Gini and drives it down in narrow networks, not in wide ones",
            printed,
            dataSet,
            Evidences.Id("table-2"),
            Decide
        );

    private static Finding Decide(Evidence evidence)
    {
        IReadOnlyList<GiniRow> table = Evidences.Table2(evidence);
        GiniTable data = new(table);
        SeedInterval ChangeAt(int width) =>
            Evidences.Interval(
                data.Changes(
                    PublishedProtocol.Competitive.Name,
                    Evidences.Published,
                    width,
                    PublishedProtocol.HiddenLayer
                ),
                $"the competitive rule at {width} units"
            );

        (int Width, SeedInterval Change)[] changes =
        [
            .. PublishedProtocol.Widths.Select(width => (width, ChangeAt(width))),
        ];
        (int Width, SeedInterval Start)[] starts = Evidences.Ginis(
            table,
            PublishedProtocol.Competitive,
            PublishedProtocol.HiddenLayer,
            row => row.GiniStart
        );
        double narrow = changes[0].Change.Mean,
            wide = changes[^1].Change.Mean;
        bool holds = starts.All(start => start.Start.Mean > High) && narrow < -Falls && wide > -Falls && narrow < wide;
        return Finding.Of(
            $"start {Evidences.List(starts)}; change {Evidences.List(changes)}",
            holds,
            Evidences.Seeds(changes)
        );
    }
}
