using Reproduction.Statistics;
using Reproduction.Studies.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian.Claims;

/// <summary>A fault of the published protocol, and the experiment that has the protocol without it.</summary>
/// <param name="Fault">The fault's letter and number in the documentation.</param>
internal sealed record Repair(string Fault, string Experiment, Setup Setup, string Probe)
{
    /// <summary>The rule of decision of an effect that a fault may account for, in words.</summary>
    public const string Rule =
        "shown: the effect as published lies above 0 points, and the repair of each fault alone is shown to remove "
        + "less than half of it; refuted: the effect lies below 0.5 points; artefact of a fault: the effect is shown "
        + "to lie above 0, and the repair of this fault alone to remove at least half of it";

    /// <summary>
    /// The faults that a claim on accuracies is held against. F5, the epoch chosen on test data, and F6, the mask that
    /// the text has and the code has not, are experiments of their own.
    /// </summary>
    public static readonly Repair[] All =
    [
        new("F1", "probe-factorial", Setup.Published, PublishedProtocol.SingleSoftmax),
        new("F2", "probe-factorial", Setup.LayerNormalized, PublishedProtocol.Published),
        new("F7", "fault-7-input-constants", Setup.Corrected, PublishedProtocol.Published),
        new("F9", "probe-factorial", Setup.Published, PublishedProtocol.NoDropout),
        new("F10", "fault-10-feature-scale", Setup.Published, PublishedProtocol.Standardized),
    ];

    /// <summary>The faults that a data set shows: MNIST's own pixel constants are the published ones.</summary>
    public static IEnumerable<Repair> On(string dataSet) =>
        All.Where(repair => repair.Fault != "F7" || dataSet != Evidences.Mnist);

    /// <summary>The published protocol itself, as a side to read.</summary>
    public static Repair None { get; } = new("", "probe-factorial", Setup.Published, PublishedProtocol.Published);

    private string SetupName => KebabCase.From(Setup);

    /// <summary>The runs that decide about some repairs, of some rules and widths.</summary>
    public static IReadOnlyList<ClaimNeed> Needs(IEnumerable<Repair> repairs, Func<PaperArm, bool> isNeeded) =>
        [
            .. from repair in repairs.Prepend(None)
            group repair.SetupName by repair.Experiment into experiment
            select Evidences.Runs(experiment.Key, arm => experiment.Contains(arm.Condition) && isNeeded(arm)),
        ];

    /// <summary>The experiment's table.</summary>
    public ProbeTable Read(Evidence evidence) => Evidences.Probes(evidence, Experiment);

    /// <summary>The test samples that a rule's probe got right, by seed.</summary>
    public SampleTable Right(ProbeTable data, PaperRule rule, int width) =>
        data.Right(rule.Name, SetupName, width, Probe);

    /// <summary>Random projections less a rule.</summary>
    public SampleTable Lead(ProbeTable data, PaperRule rule, int width) =>
        Right(data, PublishedProtocol.Random, width).Less(Right(data, rule, width));

    /// <summary>A rule's mean accuracy in percent, in words.</summary>
    public string Mean(ProbeTable data, PaperRule rule, int width) =>
        Cells.Mean(data.Accuracies(rule.Name, SetupName, width, Probe), 1);

    /// <summary>"random projections 84.0 ± 1.0 (0.3 classes never predicted)".</summary>
    public string RandomAt(ProbeTable data, int width)
    {
        double[] never =
        [
            .. data.Values(PublishedProtocol.Random.Name, SetupName, width, Probe, row => row.ClassesNeverPredicted)
                .OfType<double>(),
        ];
        string missing = never.Length > 0 ? Cells.Number(never.Average(), 1) : Cells.NotRun;
        return $"random projections {Mean(data, PublishedProtocol.Random, width)} ({missing} classes never predicted)";
    }

    /// <summary>Decides an effect of the published protocol by <see cref="Rule"/>.</summary>
    /// <param name="name">What the effect is, such as "competitive − random".</param>
    /// <param name="effect">The effect of one side, positive as claimed.</param>
    /// <param name="describe">The numbers behind the effect, in words.</param>
    public static Finding Decide(
        Evidence evidence,
        string dataSet,
        string name,
        Func<Repair, ProbeTable, SampleTable> effect,
        Func<Repair, ProbeTable, string> describe
    )
    {
        ProbeTable factorial = None.Read(evidence);
        SampleTable published = effect(None, factorial);
        (Repair Side, ProbeTable Data, SampleTable Left)[] repairs =
        [
            .. from repair in On(dataSet) let data = repair.Read(evidence) select (repair, data, effect(repair, data)),
        ];
        IEnumerable<string> Details() =>
            [
                $"as published {describe(None, factorial)}",
                .. repairs.Select(repair =>
                    $"{repair.Side.Fault} repaired {describe(repair.Side, repair.Data)}, {Left(published, repair.Left)}"
                ),
                Shares(factorial, effect),
            ];
        return new Finding(Quantity.Points($"{name}, as published", published).Above(0, Claim.Margin))
        {
            Repairs =
            [
                .. repairs.Select(repair => (repair.Side.Fault, repair.Side.Removes(name, published, repair.Left))),
            ],
            Further = () => string.Join("; ", Details()),
        };
    }

    /// <summary>The condition that the repair removes at least half of an effect: P/2 − R &gt; 0.</summary>
    public Condition Removes(string name, SampleTable published, SampleTable left) =>
        Quantity
            .Points($"half of the published {name} less that with {Fault} repaired", published.Times(0.5).Less(left))
            .Above(0);

    /// <summary>"effect +0.3 [−0.2, +0.8], share removed 0.98 [0.95, 1.01]".</summary>
    public static string Left(SampleTable published, SampleTable left)
    {
        RemovedShare removed = RemovedShare.Of(published, left, Estimand.SeedsAndSamples);
        string interval = double.IsFinite(removed.Interval.Low)
            ? $" [{Text(removed.Interval.Low)}, {Text(removed.Interval.High)}]"
            : "";
        return $"{Quantity.Points("effect", left).Text}, share removed {Text(removed.Share)}{interval}";
    }

    /// <summary>
    /// What each of F1, F2 and F9 contributes to an effect, in points: its Shapley value, the mean over all orders of
    /// repairing the three of what its repair takes away. With v(S) the effect when the faults S are repaired,
    /// φ_i = Σ_S |S|!(2 − |S|)!/3! · (v(S) − v(S ∪ i)) over the sets S of the others.
    /// </summary>
    private static string Shares(ProbeTable factorial, Func<Repair, ProbeTable, SampleTable> effect)
    {
        string[] faults = ["F1", "F2", "F9"];
        Dictionary<Repair, SampleTable> known = [];
        SampleTable Left(params string[] repaired)
        {
            Repair corner = Corner(repaired);
            return known.TryGetValue(corner, out SampleTable? left) ? left : known[corner] = effect(corner, factorial);
        }

        string Share(string fault)
        {
            string[] others = [.. faults.Where(other => other != fault)];
            SampleTable value = Left()
                .Less(Left(fault))
                .Times(1.0 / 3)
                .Plus(1.0 / 6, Left(others[0]).Less(Left(others[0], fault)))
                .Plus(1.0 / 6, Left(others[1]).Less(Left(others[1], fault)))
                .Plus(1.0 / 3, Left(others).Less(Left(faults)));
            return Quantity.Points(fault, value).Text;
        }

        return $"Shapley values of the three faults of the probe: {string.Join(", ", faults.Select(Share))}, "
            + Quantity.Points("all three repaired", Left(faults)).Text;
    }

    /// <summary>The published protocol with some of F1, F2 and F9 repaired.</summary>
    private static Repair Corner(IReadOnlyCollection<string> repaired) =>
        None with
        {
            Setup = repaired.Contains("F2") ? Setup.LayerNormalized : Setup.Published,
            Probe = (repaired.Contains("F1"), repaired.Contains("F9")) switch
            {
                (true, true) => PublishedProtocol.SingleSoftmaxNoDropout,
                (true, false) => PublishedProtocol.SingleSoftmax,
                (false, true) => PublishedProtocol.NoDropout,
                _ => PublishedProtocol.Published,
            },
        };

    private static string Text(double share) => Cells.Number(share, 2).Replace('-', '−');
}
