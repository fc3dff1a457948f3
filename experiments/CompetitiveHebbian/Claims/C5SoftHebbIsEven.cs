using Reproduction.Statistics;
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
            "Table 2",
            "SoftHebb's hidden Gini is low",
            ".1 to .2 (.48 at 2048 units on MNIST)",
            dataSet,
            Evidences.Id(Experiment),
            evidence => Decide(evidence, dataSet)
        );

    private static Finding Decide(Evidence evidence, string dataSet)
    {
        IReadOnlyList<GiniRow> table = evidence.Table<GiniRow>(Experiment, Experiment);
        (int Width, SeedInterval End)[] Ends(string layer) =>
            Evidences.Ginis(table, PublishedProtocol.SoftHebb, layer, row => row.GiniEnd);
        double PrintedEnd(int width) => PrintedValues.Gini(dataSet, PublishedProtocol.SoftHebb, width)!.Value.End;

        (int Width, SeedInterval End)[] hidden = Ends(PublishedProtocol.HiddenLayer),
            output = Ends(PublishedProtocol.OutputLayer);
        string value = $"hidden layer {Evidences.List(hidden)}; output layer {Evidences.List(output)}";
        int seeds = Evidences.Seeds(hidden);
        if (hidden.All(width => width.End.Mean <= Low))
        {
            return Finding.Of(value, holds: true, seeds);
        }

        bool arePrinted = output.All(width => Math.Abs(width.End.Mean - PrintedEnd(width.Width)) <= Printed);
        return arePrinted ? Finding.ArtefactOf(value, ["F3"], seeds) : Finding.Of(value, holds: false, seeds);
    }
}
