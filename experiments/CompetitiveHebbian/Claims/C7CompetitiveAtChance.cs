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
                "shown: the accuracy as published lies below 12.5 % at every width, and for none of F1, F2, F7, F9 and "
                    + "F10 may it lie above 15 % at some width with its repair alone; artefact of a fault: the "
                    + "accuracy as published is shown to lie below 12.5 %, and with this repair above 15 %",
                Decide
            )
            {
                Needs = Repair.Needs(Repair.On(Evidences.Cifar10), arm => arm.Rule == PublishedProtocol.Competitive),
            },
        ];

    private static Finding Decide(Evidence evidence)
    {
        List<string> details = [];
        List<(string, Condition)> repairs = [];
        foreach (Repair repair in Repair.On(Evidences.Cifar10))
        {
            Quantity[] repaired = [.. Accuracies(repair, evidence, $"{repair.Fault} repaired")];
            details.AddRange(repaired.Select(accuracy => accuracy.Text));
            repairs.Add(
                (repair.Fault, Condition.Any(repaired.Select(accuracy => accuracy.Above(Chance + ClearlyAbove))))
            );
        }

        IEnumerable<Quantity> published = Accuracies(Repair.None, evidence, "as published");
        return new Finding(
            Condition.All(published.Select(accuracy => accuracy.Below(Chance + (ClearlyAbove / 2)))),
            string.Join("; ", details)
        )
        {
            Repairs = repairs,
        };
    }

    private static IEnumerable<Quantity> Accuracies(Repair side, Evidence evidence, string name)
    {
        ProbeTable data = side.Read(evidence);
        foreach (int width in PublishedProtocol.Widths)
        {
            yield return Quantity.Percent(
                $"{name}, {width} units",
                side.Right(data, PublishedProtocol.Competitive, width)
            );
        }
    }
}
