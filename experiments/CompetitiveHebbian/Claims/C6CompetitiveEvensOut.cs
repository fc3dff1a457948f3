using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C6: the competitive rule starts with a high Gini coefficient and drives it down in narrow networks, not in wide
/// ones.
/// </summary>
internal static class C6CompetitiveEvensOut
{
    private const string Experiment = "table-2";
    private const double High = 0.5;

    // A coefficient goes down if it falls by more than this.
    private const double Falls = 0.1;

    public static IEnumerable<Claim> Claims =>
        [On(Evidences.Mnist, "32: −.49, 2048: −.01"), On(Evidences.Cifar10, "32: −.20, 2048: −.04")];

    private static Claim On(string dataSet, string printed) =>
        new(
            $"C6/{dataSet}",
            Evidences.In("Table 2"),
            "The competitive rule starts with a high Gini and drives it down with 32 units, not with 2048",
            printed,
            dataSet,
            Evidences.Id(Experiment),
            "shown: the mean over seeds at the start lies above 0.5 at every width, and the change lies below −0.1 "
                + "with 32 units and above it with 2048",
            Decide
        )
        {
            Needs =
            [
                Evidences.Runs(
                    Experiment,
                    arm => arm.Rule == PublishedProtocol.Competitive && arm.Condition == Evidences.Published
                ),
            ],
        };

    private static Finding Decide(Evidence evidence)
    {
        IReadOnlyList<GiniRow> table = Evidences.Table2(evidence);
        IReadOnlyList<Quantity> Of(string name, Func<GiniRow, double?> column) =>
            Evidences.Ginis(table, PublishedProtocol.Competitive, PublishedProtocol.HiddenLayer, name, column);
        IReadOnlyList<Quantity> changes = Of("change", row => row.GiniEnd - row.GiniStart);
        return new Finding(
            Condition.All([
                .. Of("start", row => row.GiniStart).Select(start => start.Above(High)),
                changes[0].Below(-Falls),
                changes[^1].Above(-Falls),
            ])
        );
    }
}
