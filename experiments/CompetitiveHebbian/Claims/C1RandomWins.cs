using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C1: random projections beat every Hebbian rule, at each width under each probe; and which fault does it.
/// </summary>
internal static class C1RandomWins
{
    private static readonly int[] Widths = [32, 128, 512];

    private static readonly string[] Probes =
    [
        PublishedProtocol.Published,
        PublishedProtocol.Softmax,
        PublishedProtocol.Ridge,
    ];

    public static IEnumerable<Claim> Claims =>
        [.. from width in Widths from probe in Probes select UnderProbe(width, probe), .. Widths.Select(ByFault)];

    private static Claim UnderProbe(int width, string probe) =>
        new(
            $"C1/{width}/{probe}",
            "Table 1",
            $"Random projections beat every Hebbian rule at {width} units, {probe} probe",
            (probe == PublishedProtocol.Published ? "" : "published probe: ") + PrintedOrder(width),
            Evidences.Mnist,
            Evidences.Id("random-projections"),
            evidence => Decide(evidence, width, probe)
        );

    private static Claim ByFault(int width) =>
        new(
            $"C1/{width}/faults",
            "Table 1",
            $"Random projections beat every Hebbian rule at {width} units, published probe, and no single repair of "
                + "its faults can be shown to take that away from it",
            PrintedOrder(width),
            Evidences.Mnist,
            Evidences.Id("probe-factorial"),
            evidence => DecideByFault(evidence, width)
        );

    private static Finding Decide(Evidence evidence, int width, string probe)
    {
        GateRow[] rows =
        [
            .. evidence
                .Table<GateRow>("random-projections", RandomProjections.DecisionsName)
                .Where(row => row.Width == width && row.Probe == probe && IsLearningRule(row.Rule)),
        ];
        if (rows.Length < PublishedProtocol.LearningRules.Count())
        {
            throw new MissingEvidenceException($"not every rule has the {probe} probe at {width} units");
        }

        return Finding.Of(
            string.Join("; ", rows.Select(row => $"{row.Rule} {row.Text}")),
            rows.All(row => row.Verdict == GateVerdict.Loses),
            rows.Any(row => row.IsProvisional) ? Finding.TooFewSeeds : rows.Min(row => row.Seeds)
        );
    }

    /// <summary>
    /// Whether random projections are first as published, and which single repair takes that away for a rule, by the
    /// criterion of <see cref="Repair.Decide"/>.
    /// </summary>
    private static Finding DecideByFault(Evidence evidence, int width)
    {
        int rules = PublishedProtocol.LearningRules.Count();
        Finding published = Decide(evidence, width, PublishedProtocol.Published);
        ProbeTable factorial = Repair.None.Read(evidence);
        List<string> values = [$"less random projections, as published: {published.Value}"],
            culprits = [];
        foreach (Repair repair in Repair.OnMnist)
        {
            ProbeTable data = repair.Read(evidence);
            bool TakesAway(PaperRule rule) =>
                Repair.TakesAway(
                    Repair.None.Lead(factorial, rule, width),
                    repair.Lead(data, rule, width),
                    rules,
                    rule.Name
                );
            string Gap(PaperRule rule) =>
                Evidences.Points(Evidences.Interval(repair.Gap(data, rule, width), rule.Name));
            bool[] takesAway = [.. PublishedProtocol.LearningRules.Select(TakesAway)];
            IEnumerable<string> gaps = PublishedProtocol.LearningRules.Select(rule => $"{rule.Name} {Gap(rule)}");
            values.Add($"{repair.Fault} repaired: {string.Join(", ", gaps)}");
            if (takesAway.Contains(true))
            {
                culprits.Add(repair.Fault);
            }
        }

        string value = string.Join("; ", values);
        return published.Holds && culprits.Count > 0
            ? Finding.ArtefactOf(value, culprits, published.Seeds)
            : Finding.Of(value, published.Holds, published.Seeds);
    }

    private static bool IsLearningRule(string name) => PublishedProtocol.LearningRules.Any(rule => rule.Name == name);

    private static string PrintedOrder(int width)
    {
        string Printed(PaperRule rule) => Cells.Number(PrintedValues.Accuracy(Evidences.Mnist, rule, width)!.Value, 1);
        return string.Join(", ", PublishedProtocol.Rules.Select(rule => $"{rule.Name} {Printed(rule)}"));
    }
}
