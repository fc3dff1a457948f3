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
                "Table 1",
                "The competitive rule is at chance on CIFAR-10",
                "10.0, 10.0, 10.0, 10.1",
                Evidences.Cifar10,
                Evidences.Id("probe-factorial"),
                Decide
            ),
        ];

    /// <summary>
    /// The claim holds as published if every width is near chance. It is an artefact of each fault whose repair alone
    /// lifts some width clearly above chance, by the lower end of its interval over all widths together.
    /// </summary>
    private static Finding Decide(Evidence evidence)
    {
        SeedInterval[] published = Accuracies(Repair.None, evidence);
        List<string> values = [$"as published {Text(published)}"],
            culprits = [];
        foreach (Repair repair in Repair.All)
        {
            SeedInterval[] repaired = Accuracies(repair, evidence);
            values.Add($"{repair.Fault} repaired {Text(repaired)}");
            int[] above = [.. PublishedProtocol.Widths.Where((_, w) => IsClearlyAbove(repaired[w], repaired.Length))];
            if (above.Length > 0)
            {
                string where = $" (at {string.Join(" and ", above)} units)";
                culprits.Add(repair.Fault + (above.Length == repaired.Length ? "" : where));
            }
        }

        string value = string.Join("; ", values);
        bool isAtChance = published.All(accuracy => accuracy.Mean < Chance + (ClearlyAbove / 2));
        int seeds = published.Min(accuracy => accuracy.Count);
        return isAtChance && culprits.Count > 0
            ? Finding.ArtefactOf(value, culprits, seeds)
            : Finding.Of(value, isAtChance, seeds);
    }

    private static SeedInterval[] Accuracies(Repair side, Evidence evidence)
    {
        ProbeTable data = side.Read(evidence);
        SeedInterval At(int width) =>
            Evidences.Interval(
                side.BySeed(data, PublishedProtocol.Competitive, width),
                $"the competitive rule at {width} units"
            );
        return [.. PublishedProtocol.Widths.Select(At)];
    }

    private static bool IsClearlyAbove(SeedInterval accuracy, int comparisons) =>
        Evidences.LowerEnd(accuracy, comparisons) > Chance + ClearlyAbove;

    private static string Text(SeedInterval[] accuracies) =>
        string.Join(", ", accuracies.Select(accuracy => Evidences.Interval(accuracy, 1)));
}
