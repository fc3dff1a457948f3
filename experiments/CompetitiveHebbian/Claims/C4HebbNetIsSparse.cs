using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C4: HebbNet's Gini coefficient stays at its sparsity, and it updates the same neurons at every step.
/// </summary>
internal static class C4HebbNetIsSparse
{
    private const double Sparsity = 0.8;
    private const double Tolerance = 0.1;

    // The neurons are the same ones if at least this share of those that ever learn learns at a step.
    private const double Same = 0.9;

    public static IEnumerable<Claim> Claims =>
        from dataSet in Evidences.DataSets
        from claim in new[] { StaysSparse(dataSet), UpdatesTheSame(dataSet) }
        select claim;

    private static Claim StaysSparse(string dataSet) =>
        new(
            $"C4/{dataSet}/gini",
            "Table 2",
            "HebbNet's Gini stays at its sparsity of 0.8",
            ".73 to .80",
            dataSet,
            Evidences.Id("table-2"),
            evidence =>
            {
                (int Width, SeedInterval End)[] ends = HebbNet(evidence, row => row.GiniEnd);
                return Finding.Of(
                    $"at the end, {Evidences.List(ends)}",
                    ends.All(end => Math.Abs(end.End.Mean - Sparsity) <= Tolerance),
                    Evidences.Seeds(ends)
                );
            }
        );

    private static Claim UpdatesTheSame(string dataSet) =>
        new(
            $"C4/{dataSet}/same",
            "text",
            "HebbNet updates the same neurons at every step",
            "all",
            dataSet,
            Evidences.Id("table-2"),
            evidence =>
            {
                // The same ones at every step: then no more neurons learn over the whole run than at one step.
                (int Width, SeedInterval Share)[] moving = HebbNet(evidence, row => row.Moving),
                    ever = HebbNet(evidence, row => row.Ever);
                string value =
                    $"share of neurons that learn at a step, {Evidences.List(moving)}; that ever learn, "
                    + Evidences.List(ever);
                bool holds = moving.Zip(ever).All(pair => pair.First.Share.Mean >= Same * pair.Second.Share.Mean);
                return Finding.Of(value, holds, Evidences.Seeds(moving));
            }
        );

    private static (int Width, SeedInterval Value)[] HebbNet(Evidence evidence, Func<GiniRow, double?> column) =>
        Evidences.Ginis(Evidences.Table2(evidence), PublishedProtocol.HebbNet, PublishedProtocol.HiddenLayer, column);
}
