using MathNet.Numerics.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C8: on CIFAR-10 with 32 units the Gini coefficient of the competitive rule dips and rises again.</summary>
internal static class C8GiniDipsAndRises
{
    private const string Experiment = "figure-3";

    // A dip or a rise counts above this.
    private const double Visible = 0.02;

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "C8",
                Evidences.In("Figure 3"),
                "On CIFAR-10 with 32 units the competitive rule's Gini dips and rises again",
                "about .25 → .42",
                Evidences.Cifar10,
                Evidences.Id(Experiment),
                "shown: both the fall from the start to the lowest point and the rise from there to the end lie above "
                    + "0.02, mean over seeds",
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
            },
        ];

    private static Finding Decide(Evidence evidence)
    {
        CurveTable curves = new(evidence.Table<PaperCurveRow>(Experiment, Experiment));
        (double[] steps, double[][] bySeed) = curves.Read(
            PublishedProtocol.Competitive.Name,
            Evidences.Published,
            Figure3.Gini
        );
        if (bySeed.Length == 0)
        {
            throw new MissingEvidenceException("no run of the competitive rule at 32 units came to its end");
        }

        double[] places = [.. bySeed.Select(values => steps[Array.IndexOf(values, values.Min())] / steps[^1])];
        return new Finding(
            Condition.All(
                Quantity.Mean("fall", [.. bySeed.Select(values => values[0] - values.Min())]).Above(Visible),
                Quantity.Mean("rise", [.. bySeed.Select(values => values[^1] - values.Min())]).Above(Visible)
            ),
            $"lowest after {Cells.Number(100 * places.Median(), 0)} % of training (median)"
        );
    }
}
