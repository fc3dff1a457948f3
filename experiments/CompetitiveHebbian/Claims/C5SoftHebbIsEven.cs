using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C5: the Gini coefficient of SoftHebb's hidden layer is low.</summary>
internal static class C5SoftHebbIsEven
{
    private const string Experiment = "fault-3-logged-layer";

    // What our values may differ from the printed ones.
    private const double Tolerance = 0.1;

    public static IEnumerable<Claim> Claims => Evidences.DataSets.Select(On);

    private static Claim On(string dataSet) =>
        new(
            $"C5/{dataSet}",
            Evidences.In("Table 2"),
            "SoftHebb's hidden Gini is low",
            ".1 to .2 (.48 at 2048 units on MNIST)",
            dataSet,
            Evidences.Id(Experiment),
            "shown: at every width the mean over seeds at the end lies below the printed value plus 0.1; artefact of "
                + "F3: refuted, and the output layer, which the code logged, is shown to lie within 0.1 of every "
                + "printed value",
            evidence => Decide(evidence, dataSet)
        );

    private static Finding Decide(Evidence evidence, string dataSet)
    {
        IReadOnlyList<GiniRow> table = evidence.Table<GiniRow>(Experiment, Experiment);
        IReadOnlyList<Quantity> Ends(string layer, string name) =>
            Evidences.Ginis(table, PublishedProtocol.SoftHebb, layer, name, row => row.GiniEnd);
        double PrintedEnd(int width) => PrintedValues.Gini(dataSet, PublishedProtocol.SoftHebb, width)!.Value.End;

        double[] printed = [.. PublishedProtocol.Widths.Select(PrintedEnd)];
        Condition isPrinted = Condition.All(
            Ends(PublishedProtocol.OutputLayer, "output layer")
                .Zip(printed, (end, value) => end.Within(value - Tolerance, value + Tolerance))
        );
        return new Finding(
            Condition.All(
                Ends(PublishedProtocol.HiddenLayer, "hidden layer")
                    .Zip(printed, (end, value) => end.Below(value + Tolerance))
            ),
            string.Join("; ", isPrinted.Contrasts.Select(contrast => contrast.Quantity.Text))
        )
        {
            Mistake = ("F3", isPrinted),
        };
    }
}
