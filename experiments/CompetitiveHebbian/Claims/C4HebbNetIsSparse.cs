using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C4: HebbNet's Gini coefficient stays at its sparsity, and it updates the same neurons at every step.
/// </summary>
internal static class C4HebbNetIsSparse
{
    private const string Experiment = "table-2";
    private const double Sparsity = 0.8;
    private const double Tolerance = 0.1;

    // The neurons are the same ones if at least this share of those that ever learn learns at a step.
    private const double Same = 0.9;

    public static IEnumerable<Claim> Claims =>
        from dataSet in Evidences.DataSets
        from claim in new[] { StaysSparse(dataSet), UpdatesTheSame(dataSet) }
        select claim;

    private static Claim StaysSparse(string dataSet) =>
        On(
            $"C4/{dataSet}/gini",
            Evidences.In("Table 2"),
            "HebbNet's Gini stays at its sparsity of 0.8",
            ".73 to .80",
            dataSet,
            "shown: at every width the mean over seeds lies between 0.7 and 0.9 at the start and at the end",
            evidence => new Finding(
                Condition.All(
                    HebbNet(evidence, "Gini at the start", row => row.GiniStart)
                        .Concat(HebbNet(evidence, "Gini at the end", row => row.GiniEnd))
                        .Select(gini => gini.Within(Sparsity - Tolerance, Sparsity + Tolerance))
                )
            )
        );

    private static Claim UpdatesTheSame(string dataSet) =>
        On(
            $"C4/{dataSet}/same",
            Evidences.Text,
            "HebbNet updates the same neurons at every step",
            Claim.NoNumber,
            dataSet,
            "shown: at every width at least 90 % of the neurons that ever learn do so at a step",
            evidence => new Finding(
                // The same ones at every step: then no more neurons learn over the whole run than at one step.
                Condition.All(
                    HebbNet(
                            evidence,
                            "of neurons that ever learn, share that does at a step",
                            row => row.Moving / row.Ever
                        )
                        .Select(share => share.Above(Same))
                )
            )
        );

    private static Claim On(
        string id,
        ClaimSource source,
        string statement,
        string printed,
        string dataSet,
        string rule,
        Func<Evidence, Finding> decide
    ) =>
        new(id, source, statement, printed, dataSet, Evidences.Id(Experiment), rule, decide)
        {
            Needs =
            [
                Evidences.Runs(
                    Experiment,
                    arm => arm.Rule == PublishedProtocol.HebbNet && arm.Condition == Evidences.Published
                ),
            ],
        };

    private static IReadOnlyList<Quantity> HebbNet(Evidence evidence, string name, Func<GiniRow, double?> column) =>
        Evidences.Ginis(
            Evidences.Table2(evidence),
            PublishedProtocol.HebbNet,
            PublishedProtocol.HiddenLayer,
            name,
            column
        );
}
