using MathNet.Numerics.Statistics;
using Reproduction.Statistics;
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
                "Figure 3",
                "On CIFAR-10 with 32 units the competitive rule's Gini dips and rises again",
                "about .25 → .42",
                Evidences.Cifar10,
                Evidences.Id(Experiment),
                Decide
            ),
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
        SeedInterval dip = SeedInterval.Of([.. bySeed.Select(values => values[0] - values.Min())]),
            rise = SeedInterval.Of([.. bySeed.Select(values => values[^1] - values.Min())]);
        bool holds = rise.Mean - (rise.HasInterval ? rise.HalfWidth : 0) > Visible && dip.Mean > Visible;
        string place = Cells.Number(100 * places.Median(), 0);
        string value =
            $"falls by {Evidences.Interval(dip, 2)}, lowest after {place} % of training (median), then rises by "
            + Evidences.Interval(rise, 2);
        return Finding.Of(value, holds, rise.Count);
    }
}
