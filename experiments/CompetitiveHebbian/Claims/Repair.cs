using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>A fault of the published protocol, and the experiment that has the protocol without it.</summary>
/// <param name="Fault">The fault's letter and number in the documentation.</param>
internal sealed record Repair(string Fault, string Experiment, Setup Setup, string Probe)
{
    /// <summary>Every fault that changes a probe's accuracy.</summary>
    public static readonly Repair[] All =
    [
        new("F1", "probe-factorial", Setup.Published, PublishedProtocol.SingleSoftmax),
        new("F2", "probe-factorial", Setup.LayerNormalized, PublishedProtocol.Published),
        new("F7", "fault-7-input-constants", Setup.Corrected, PublishedProtocol.Published),
        new("F9", "probe-factorial", Setup.Published, PublishedProtocol.NoDropout),
        new("F10", "fault-10-feature-scale", Setup.Published, PublishedProtocol.Standardized),
    ];

    /// <summary>The faults that MNIST shows: its own pixel constants are the published ones.</summary>
    public static IEnumerable<Repair> OnMnist => All.Where(repair => repair.Fault != "F7");

    /// <summary>The published protocol itself, as a side to read.</summary>
    public static Repair None { get; } = new("", "probe-factorial", Setup.Published, PublishedProtocol.Published);

    private string Condition => KebabCase.From(Setup);

    /// <summary>The experiment's table.</summary>
    public ProbeTable Read(Evidence evidence) => Evidences.Probes(evidence, Experiment);

    /// <summary>A rule's accuracies in percent by seed.</summary>
    public IReadOnlyDictionary<long, double> BySeed(ProbeTable data, PaperRule rule, int width) =>
        data.BySeed(rule.Name, Condition, width, Probe);

    /// <summary>A rule's accuracy less that of random projections by seed, in points.</summary>
    public IReadOnlyDictionary<long, double> Gap(ProbeTable data, PaperRule rule, int width) =>
        ProbeTable.Gains(BySeed(data, PublishedProtocol.Random, width), BySeed(data, rule, width));

    /// <summary>The accuracy of random projections less a rule's by seed, in points.</summary>
    public IReadOnlyDictionary<long, double> Lead(ProbeTable data, PaperRule rule, int width) =>
        ProbeTable.Gains(BySeed(data, rule, width), BySeed(data, PublishedProtocol.Random, width));

    /// <summary>A rule's mean accuracy in percent, in words.</summary>
    public string Mean(ProbeTable data, PaperRule rule, int width) =>
        Cells.Mean(data.Accuracies(rule.Name, Condition, width, Probe), 1);

    /// <summary>"random projections 84.0 ± 1.0 (0.3 classes never predicted)".</summary>
    public string RandomAt(ProbeTable data, int width)
    {
        double[] never =
        [
            .. data.Values(PublishedProtocol.Random.Name, Condition, width, Probe, row => row.ClassesNeverPredicted)
                .OfType<double>(),
        ];
        string missing = never.Length > 0 ? Cells.Number(never.Average(), 1) : Cells.NotRun;
        return $"random projections {Mean(data, PublishedProtocol.Random, width)} ({missing} classes never predicted)";
    }

    /// <summary>
    /// Decides an effect of the published protocol (positive: as claimed). It is an artefact of every fault whose
    /// repair alone takes it away: then it is significantly smaller (one-sided, paired by seed) and no longer shown, or
    /// significantly reversed. Without such a fault it is reproduced if its 95 % interval as published lies above 0.
    /// </summary>
    /// <param name="effect">The effect by seed, of one side.</param>
    /// <param name="describe">The numbers behind the effect, in words.</param>
    public static Finding Decide(
        Evidence evidence,
        Func<Repair, ProbeTable, IReadOnlyDictionary<long, double>> effect,
        Func<Repair, ProbeTable, string> describe
    )
    {
        ProbeTable factorial = None.Read(evidence);
        IReadOnlyDictionary<long, double> published = effect(None, factorial);
        SeedInterval asPublished = Evidences.Interval(published, "the published protocol");
        bool isShown = asPublished.Mean - (asPublished.HasInterval ? asPublished.HalfWidth : 0) > 0;
        string shown = isShown ? "" : " (not shown by itself)";
        List<string> culprits = [];
        List<string> values =
        [
            $"as published {describe(None, factorial)}, effect {Evidences.Points(asPublished)}{shown}",
        ];
        foreach (Repair repair in OnMnist)
        {
            ProbeTable data = repair.Read(evidence);
            IReadOnlyDictionary<long, double> repaired = effect(repair, data);
            string what = $"{repair.Fault} repaired";
            SeedInterval left = Evidences.Interval(repaired, what);
            values.Add($"{what} {describe(repair, data)}, effect {Evidences.Points(left)}");
            if (TakesAway(published, repaired, comparisons: 1, what))
            {
                culprits.Add(repair.Fault);
            }
        }

        string value = string.Join("; ", values);
        return asPublished.Mean > 0 && culprits.Count > 0
            ? Finding.ArtefactOf(value, culprits, asPublished.Count)
            : Finding.Of(value, isShown, asPublished.Count);
    }

    /// <summary>Whether a repair takes an effect away, by the criterion of <see cref="Decide"/>.</summary>
    /// <param name="comparisons">The number of effects that are looked at together (Bonferroni).</param>
    /// <param name="what">What the repaired values are of, for messages.</param>
    public static bool TakesAway(
        IReadOnlyDictionary<long, double> published,
        IReadOnlyDictionary<long, double> repaired,
        int comparisons,
        string what
    )
    {
        SeedInterval left = Evidences.Interval(repaired, what),
            lost = Evidences.Interval(ProbeTable.Gains(repaired, published), what);
        bool isSmaller = lost.HasInterval && lost.Mean - Evidences.Half(lost, 0.05 / comparisons) > 0;
        bool isReversed = left.HasInterval && -left.Mean - Evidences.Half(left, 0.025 / comparisons) > 0;
        return isReversed || (isSmaller && !(left.Mean - left.HalfWidth > 0));
    }
}
