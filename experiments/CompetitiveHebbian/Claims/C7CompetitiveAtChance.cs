using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>C7: the competitive rule is at chance on CIFAR-10.</summary>
internal static class C7CompetitiveAtChance
{
    private const double Chance = 10;

    // Points above chance that are clear; an accuracy is at chance if it is above it by less than half of them.
    private const double ClearlyAbove = 5;

    public static IEnumerable<Claim> Claims =>
        [
            new(
                "C7",
                Evidences.In("Table 1"),
                "The competitive rule is at chance on CIFAR-10",
                "10.0, 10.0, 10.0, 10.1",
                Evidences.Cifar10,
                Evidences.Id("probe-factorial"),
                "shown: the accuracy as published lies below 12.5 % at every width; artefact of a fault: shown, and so "
                    + "is that with its repair alone the accuracy lies above 15 % at some width",
                Decide
            )
            {
                Needs = Repair.Needs(Repair.All, arm => arm.Rule == PublishedProtocol.Competitive),
            },
        ];

    private static Finding Decide(Evidence evidence)
    {
        Condition claim = Condition.All(
            Accuracies(Repair.None, evidence, "as published")
                .Select(accuracy => accuracy.Below(Chance + (ClearlyAbove / 2)))
        );
        List<string> details = [];
        List<(string, Condition)> explanations = [];
        foreach (Repair repair in Repair.All)
        {
            Quantity[] repaired = [.. Accuracies(repair, evidence, $"{repair.Fault} repaired")];
            details.AddRange(repaired.Select(accuracy => accuracy.Text));
            Condition lifts = Condition.Any(repaired.Select(accuracy => accuracy.Above(Chance + ClearlyAbove)));
            explanations.Add((repair.Fault, Condition.All(claim, lifts)));
        }

        return new Finding(claim, string.Join("; ", details)) { Explanations = explanations };
    }

    private static IEnumerable<Quantity> Accuracies(Repair side, Evidence evidence, string name)
    {
        ProbeTable data = side.Read(evidence);
        foreach (int width in PublishedProtocol.Widths)
        {
            SampleTable right = side.Right(data, PublishedProtocol.Competitive, width);
            yield return right.Seeds.Count > 0
                ? Quantity.Percent($"{name}, {width} units", right)
                : throw new MissingEvidenceException($"{name}, {width} units: no run came to its end");
        }
    }
}
