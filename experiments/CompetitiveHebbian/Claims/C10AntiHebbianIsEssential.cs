using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C10: anti-Hebbian inhibition is an essential component of the competitive rule.</summary>
internal static class C10AntiHebbianIsEssential
{
    private const string Experiment = "fault-6-anti-hebbian-term";

    public static IEnumerable<Claim> Claims => Evidences.DataSets.Select(On);

    private static Claim On(string dataSet) =>
        new(
            $"C10/{dataSet}",
            "text",
            "Anti-Hebbian inhibition is an essential component of the competitive rule",
            "in words",
            dataSet,
            Evidences.Id(Experiment),
            Decide
        );

    private static Finding Decide(Evidence evidence)
    {
        ProbeTable data = Evidences.Probes(evidence, Experiment);
        IReadOnlyDictionary<long, double> Ridge(string mask, int width) =>
            data.BySeed(PublishedProtocol.Competitive.Name, mask, width, PublishedProtocol.Ridge);
        IEnumerable<(int Width, SeedInterval Gain)> paired =
            from width in data.Widths
            let values = ProbeTable.Gains(Ridge(FaultRuns.AsCoded, width), Ridge(FaultRuns.AntiHebbian, width))
            where values.Count > 0
            select (width, SeedInterval.Of([.. values.Values]));
        (int Width, SeedInterval Gain)[] gains = [.. paired];
        if (gains.Length == 0)
        {
            throw new MissingEvidenceException("no seed has both masks");
        }

        return Finding.Of(
            "with the term less without it (which is how the printed numbers were made), ridge probe, in points: "
                + Evidences.List(gains),
            gains.All(gain => gain.Gain.HasInterval && gain.Gain.Mean - gain.Gain.HalfWidth > 0),
            Evidences.Seeds(gains)
        );
    }
}
