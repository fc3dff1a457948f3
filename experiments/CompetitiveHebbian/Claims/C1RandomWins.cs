using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>
/// C1: random projections are better than every Hebbian rule, at each width: under the published probe, with the fault
/// that does it, and under probes that the paper never used.
/// </summary>
internal static class C1RandomWins
{
    private const string Experiment = "random-projections";

    private static readonly int[] Widths = [32, 128, 512];

    private static readonly string[] RightProbes = [PublishedProtocol.Softmax, PublishedProtocol.Ridge];

    public static IEnumerable<Claim> Claims =>
        [
            .. Widths.Select(AsPublished),
            .. from width in Widths from probe in RightProbes select UnderRightProbe(width, probe),
        ];

    private static Claim AsPublished(int width) =>
        new(
            $"C1/{width}/published",
            Evidences.In("Table 1"),
            $"Random projections are better than every Hebbian rule at {width} units",
            PrintedOrder(width),
            Evidences.Mnist,
            Evidences.Id("probe-factorial"),
            "shown: every rule less random projections lies below 0 points under the published probe, and for each of "
                + "F1, F2, F9 and F10 its repair alone is shown not to take the lead over a rule away; refuted: one "
                + "rule lies above −0.5; artefact of a fault: every rule is shown to lie below 0, and the repair to "
                + "remove at least half of the lead over one and to leave less than 0.5 points of it",
            evidence => DecideAsPublished(evidence, width)
        )
        {
            Needs = Repair.Needs(Repair.On(Evidences.Mnist), arm => arm.Width == width),
        };

    private static Claim UnderRightProbe(int width, string probe) =>
        new(
            $"C1/{width}/{probe}",
            Evidences.In("Table 1"),
            $"Random projections are better than every Hebbian rule at {width} units, {probe} probe",
            $"published probe: {PrintedOrder(width)}",
            Evidences.Mnist,
            Evidences.Id(Experiment),
            "shown: every rule less random projections lies below 0 points; refuted: one lies above −0.5",
            evidence =>
            {
                ProbeTable data = Evidences.Probes(evidence, Experiment);
                SampleTable Right(PaperRule rule) => data.Right(rule.Name, Evidences.Published, width, probe);
                return new Finding(AllLose(rule => Right(rule).Less(Right(PublishedProtocol.Random))));
            }
        )
        {
            Kind = ClaimKind.Finding,
            Needs = [Evidences.Runs(Experiment, arm => arm.Width == width)],
        };

    private static Finding DecideAsPublished(Evidence evidence, int width)
    {
        ProbeTable factorial = Repair.None.Read(evidence);
        List<Func<string>> details = [];
        List<(string, Condition)> repairs = [];
        foreach (Repair repair in Repair.On(Evidences.Mnist))
        {
            ProbeTable data = repair.Read(evidence);
            (PaperRule Rule, SampleTable Published, SampleTable Left)[] leads =
            [
                .. from rule in PublishedProtocol.LearningRules
                select (rule, Repair.None.Lead(factorial, rule, width), repair.Lead(data, rule, width)),
            ];
            repairs.Add((repair.Fault, Condition.Any(leads.Select(lead => IsGone(repair, lead)))));
            IEnumerable<string> left = leads.Select(lead =>
                $"over {lead.Rule.Name} {Repair.Left(lead.Published, lead.Left)}"
            );
            details.Add(() => $"lead with {repair.Fault} repaired: {string.Join(", ", left)}");
        }

        return new Finding(AllLose(rule => Repair.None.Lead(factorial, rule, width).Times(-1)))
        {
            Repairs = repairs,
            Further = () => string.Join("; ", details.Select(detail => detail())),
        };
    }

    /// <summary>
    /// The condition that a repair takes the lead over a rule away: at least half of it, so that it is due to the
    /// fault, and all of it but the margin, so that random projections are no longer better than every rule.
    /// </summary>
    private static Condition IsGone(Repair repair, (PaperRule Rule, SampleTable Published, SampleTable Left) lead)
    {
        string name = $"lead over {lead.Rule.Name}";
        return Condition.All(
            repair.Removes(name, lead.Published, lead.Left),
            Quantity.Points($"{name} with {repair.Fault} repaired", lead.Left).Below(Claim.Margin)
        );
    }

    private static Condition AllLose(Func<PaperRule, SampleTable> lessRandom) =>
        Condition.All(
            PublishedProtocol.LearningRules.Select(rule =>
                Quantity.Points(rule.Name, lessRandom(rule)).Below(0, Claim.Margin)
            )
        );

    private static string PrintedOrder(int width)
    {
        string Printed(PaperRule rule) => Cells.Number(PrintedValues.Accuracy(Evidences.Mnist, rule, width)!.Value, 1);
        return string.Join(", ", PublishedProtocol.Rules.Select(rule => $"{rule.Name} {Printed(rule)}"));
    }
}
