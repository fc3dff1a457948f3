using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C5: the Gini coefficient of SoftHebb's hidden layer is low.</summary>
internal static class C5SoftHebbIsEven
{
    private const string Experiment = "fault-3-logged-layer";
    private const double Low = 0.2;

    // The output layer's values count as the printed ones if they lie within this.
    private const double Printed = 0.1;

    public static IEnumerable<Claim> Claims => Evidences.DataSets.Select(On);

    private static Claim On(string dataSet) =>
        new(
            $"C5/{dataSet}",
            Evidences.In("Table 2"),
            "SoftHebb's hidden Gini is low",
            ".1 to .2 (.48 at 2048 units on MNIST)",
            dataSet,
            Evidences.Id(Experiment),
            "shown: at every width the mean over seeds at the end lies below 0.2; artefact of F3: refuted, and the "
                + "output layer, which the code logged, is shown to lie within 0.1 of every printed value",
            evidence => Decide(evidence, dataSet)
        );

    private static Finding Decide(Evidence evidence, string dataSet)
    {
        IReadOnlyList<GiniRow> table = evidence.Table<GiniRow>(Experiment, Experiment);
        IReadOnlyList<Quantity> Ends(string layer, string name) =>
            Evidences.Ginis(table, PublishedProtocol.SoftHebb, layer, name, row => row.GiniEnd);
        double PrintedEnd(int width) => PrintedValues.Gini(dataSet, PublishedProtocol.SoftHebb, width)!.Value.End;

        Condition isLow = Condition.All(
            Ends(PublishedProtocol.HiddenLayer, "hidden layer").Select(end => end.Below(Low))
        );
        Condition isPrinted = Condition.All(
            Ends(PublishedProtocol.OutputLayer, "output layer")
                .Zip(PublishedProtocol.Widths.Select(PrintedEnd))
                .Select(end => end.First.Within(end.Second - Printed, end.Second + Printed))
        );
        string output = string.Join("; ", isPrinted.Contrasts.Select(contrast => contrast.Quantity.Text).Distinct());
        return new Finding(isLow, output) { Explanations = [("F3", Condition.All(Condition.Not(isLow), isPrinted))] };
    }
}
