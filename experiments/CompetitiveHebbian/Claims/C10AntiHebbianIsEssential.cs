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
            Evidences.Text,
            "Anti-Hebbian inhibition is an essential component of the competitive rule: with it, accuracy is higher",
            Claim.NoNumber,
            dataSet,
            Evidences.Id(Experiment),
            "shown: the ridge probe's accuracy with the term less that without it (which is how the printed numbers "
                + "were made) lies above 0 at every width that was run; refuted: below 0.5 points at one",
            Decide
        )
        {
            // The paper never used the ridge probe.
            Kind = ClaimKind.Finding,
            Needs = [Evidences.Runs(Experiment, arm => arm.Condition is FaultRuns.AsCoded or FaultRuns.AntiHebbian)],
        };

    private static Finding Decide(Evidence evidence)
    {
        ProbeTable data = Evidences.Probes(evidence, Experiment);
        SampleTable Right(string mask, int width) =>
            data.Right(PublishedProtocol.Competitive.Name, mask, width, PublishedProtocol.Ridge);
        Condition[] gains =
        [
            .. from width in data.Widths
            let gain = Right(FaultRuns.AntiHebbian, width).Less(Right(FaultRuns.AsCoded, width))
            where gain.Seeds.Count > 0
            select Quantity.Points($"with − without at {width}", gain).Above(0, Claim.Margin),
        ];
        return gains.Length > 0
            ? new Finding(Condition.All(gains))
            : throw new MissingEvidenceException("no seed has both masks");
    }
}
