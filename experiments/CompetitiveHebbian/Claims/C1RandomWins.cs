using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C1: random projections are better than every Hebbian rule, at each width under each probe; and which fault does it.
/// </summary>
internal static class C1RandomWins
{
    private const string Experiment = "random-projections";

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
            Evidences.In("Table 1"),
            $"Random projections are better than every Hebbian rule at {width} units, {probe} probe",
            (probe == PublishedProtocol.Published ? "" : "published probe: ") + PrintedOrder(width),
            Evidences.Mnist,
            Evidences.Id(Experiment),
            "shown: every rule less random projections lies below 0 points; refuted: one lies above −0.5",
            evidence => Decide(evidence, width, probe)
        )
        {
            // The paper never used the other probes.
            Kind = probe == PublishedProtocol.Published ? ClaimKind.Empirical : ClaimKind.Finding,
            Needs = [Evidences.Runs(Experiment, arm => arm.Width == width)],
        };

    private static Claim ByFault(int width) =>
        new(
            $"C1/{width}/faults",
            Evidences.In("Table 1"),
            $"Random projections are better than every Hebbian rule at {width} units, published probe, and none "
                + "of its faults "
                + "alone accounts for that",
            PrintedOrder(width),
            Evidences.Mnist,
            Evidences.Id("probe-factorial"),
            "shown and refuted as C1 under the published probe; artefact of a fault: shown, and so is that its repair "
                + "alone removes at least half of the lead over one of the rules",
            evidence => DecideByFault(evidence, width)
        )
        {
            Needs = Repair.Needs(Repair.OnMnist, arm => arm.Width == width),
        };

    private static Finding Decide(Evidence evidence, int width, string probe)
    {
        ProbeTable data = Evidences.Probes(evidence, Experiment);
        SampleTable Right(PaperRule rule) => data.Right(rule.Name, Evidences.Published, width, probe);
        return new Finding(AllLose(rule => Right(rule).Less(Right(PublishedProtocol.Random))));
    }

    private static Finding DecideByFault(Evidence evidence, int width)
    {
        ProbeTable factorial = Repair.None.Read(evidence);
        Condition claim = AllLose(rule => Repair.None.Lead(factorial, rule, width).Times(-1));
        List<string> details = [];
        List<(string, Condition)> explanations = [];
        foreach (Repair repair in Repair.OnMnist)
        {
            ProbeTable data = repair.Read(evidence);
            (PaperRule Rule, SampleTable Published, SampleTable Left)[] leads =
            [
                .. from rule in PublishedProtocol.LearningRules
                select (rule, Repair.None.Lead(factorial, rule, width), repair.Lead(data, rule, width)),
            ];
            IEnumerable<string> left = leads.Select(lead =>
                $"over {lead.Rule.Name} {Repair.Left(lead.Published, lead.Left)}"
            );
            details.Add($"lead with {repair.Fault} repaired: {string.Join(", ", left)}");
            Condition removed = Condition.Any(
                leads.Select(lead => repair.Removes($"the lead over {lead.Rule.Name}", lead.Published, lead.Left))
            );
            explanations.Add((repair.Fault, Condition.All(claim, removed)));
        }

        return new Finding(claim, string.Join("; ", details)) { Explanations = explanations };
    }

    private static Condition AllLose(Func<PaperRule, SampleTable> lessRandom) =>
        Condition.All(
            PublishedProtocol.LearningRules.Select(rule =>
                Evidences.Points(rule.Name, lessRandom(rule)).Below(0, Evidences.Margin)
            )
        );

    private static string PrintedOrder(int width)
    {
        string Printed(PaperRule rule) => Cells.Number(PrintedValues.Accuracy(Evidences.Mnist, rule, width)!.Value, 1);
        return string.Join(", ", PublishedProtocol.Rules.Select(rule => $"{rule.Name} {Printed(rule)}"));
    }
}
