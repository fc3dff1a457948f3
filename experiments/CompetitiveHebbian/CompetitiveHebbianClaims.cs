using System.Globalization;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Statistics;
using Reproduction.Studies.Claims;
using Reproduction.Studies.Comparisons;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>What "Learning Dynamics in Competitive Hebbian Learning" claims, C1 to C12.</summary>
public sealed class CompetitiveHebbianClaims : PaperClaims
{
    private const string Mnist = PrintedValues.Mnist;
    private const string Cifar10 = PrintedValues.Cifar10;
    private const double Chance = 10;

    // Each fault with the experiment that has the published protocol without it.
    private static readonly (string Fault, string Experiment, Arm Arm, string Probe)[] Repairs =
    [
        ("F1", "probe-factorial", Arm.Published, PublishedProtocol.SingleSoftmax),
        ("F2", "probe-factorial", Arm.LayerNormalized, PublishedProtocol.Published),
        ("F7", "fault-7-input-constants", Arm.Corrected, PublishedProtocol.Published),
        ("F9", "probe-factorial", Arm.Published, PublishedProtocol.NoDropout),
        ("F10", "fault-10-feature-scale", Arm.Published, PublishedProtocol.Standardized),
    ];

    private static readonly string PublishedArm = KebabCase.From(Arm.Published);

    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims =>
        [
            .. from width in new[] { 32, 128, 512 }
            from probe in new[] { PublishedProtocol.Published, PublishedProtocol.Softmax, PublishedProtocol.Ridge }
            select RandomWins(width, probe),
            .. new[] { 32, 128, 512 }.Select(RandomWinsByFault),
            OwnRuleWins(),
            RandomGetsWorse(Mnist, "91.6 → 84.0"),
            RandomGetsWorse(Cifar10, "34.2 → 16.3"),
            .. new[] { Mnist, Cifar10 }.SelectMany(HebbNetIsSparse),
            .. new[] { Mnist, Cifar10 }.Select(SoftHebbIsEven),
            .. new[] { Mnist, Cifar10 }.Select(OwnRuleEvensOut),
            OwnRuleAtChance(),
            GiniDipsAndRises(),
            .. FeaturesShowObjects(),
            .. new[] { Mnist, Cifar10 }.Select(AntiHebbianIsEssential),
            .. new[] { Mnist, Cifar10 }.Select(DeadNeuronsGoWithAccuracy),
            .. FinalGini(),
        ];

    private static Claim RandomWins(int width, string probe) =>
        new(
            $"C1/{width}/{probe}",
            "Table 1",
            $"Random beats every Hebbian rule at {width} units, {probe} probe",
            (probe == PublishedProtocol.Published ? "" : "published probe: ") + PrintedOrder(width),
            Mnist,
            Id("random-projections"),
            evidence =>
            {
                ResultTable decisions = evidence.Table("random-projections", "random-projections-decisions");
                string[][] rows =
                [
                    .. decisions.Rows.Where(row =>
                        decisions.Number(row, "width") == width
                        && decisions.Text(row, "probe") == probe
                        && PublishedProtocol.LearningRules.Any(rule => rule.Name == decisions.Text(row, "rule"))
                    ),
                ];
                if (rows.Length < PublishedProtocol.LearningRules.Count())
                {
                    throw new MissingEvidenceException($"not every rule has the {probe} probe at {width} units");
                }

                string value = string.Join(
                    "; ",
                    rows.Select(row => $"{decisions.Text(row, "rule")} {RandomProjectionFamily.Text(decisions, row)}")
                );
                int seeds = rows.Any(row => decisions.Number(row, "provisional") == 1)
                    ? 0
                    : (int)rows.Min(row => decisions.Number(row, "seeds")!.Value);
                return Finding.Of(
                    value,
                    rows.All(row => decisions.Text(row, "verdict") == KebabCase.From(Verdict.Loses)),
                    seeds
                );
            }
        );

    /// <summary>
    /// Whether Random is first as published, and which single repair takes that away for a rule, by the criterion of
    /// <see cref="DecideByRepairs"/>.
    /// </summary>
    private static Claim RandomWinsByFault(int width) =>
        new(
            $"C1/{width}/faults",
            "Table 1",
            $"Random beats every Hebbian rule at {width} units, published probe, and no single repair of "
                + "its faults can be shown to take that away from it",
            PrintedOrder(width),
            Mnist,
            Id("probe-factorial"),
            evidence =>
            {
                int rules = PublishedProtocol.LearningRules.Count();
                Finding published = RandomWins(width, PublishedProtocol.Published).Decide(evidence);
                ProbeTable factorial = Factorial(evidence);
                List<string> values = [$"less Random, as published: {published.Value}"],
                    culprits = [];
                foreach (
                    (string fault, string experiment, Arm arm, string probe) in Repairs.Where(repair =>
                        repair.Fault != "F7"
                    )
                )
                {
                    ProbeTable data = new(evidence.Table(experiment, experiment));
                    bool isCulprit = false;
                    List<string> gaps = [];
                    foreach (PaperRule rule in PublishedProtocol.LearningRules)
                    {
                        // Random less the rule: the claim's effect.
                        IReadOnlyDictionary<long, double> before = Lead(
                            factorial,
                            rule,
                            width,
                            Arm.Published,
                            PublishedProtocol.Published
                        );
                        IReadOnlyDictionary<long, double> after = Lead(data, rule, width, arm, probe);
                        isCulprit |= TakesAway(before, after, rules, rule.Name);
                        gaps.Add($"{rule.Name} {Points(Interval(Gap(data, rule, width, arm, probe), rule.Name))}");
                    }

                    values.Add($"{fault} repaired: {string.Join(", ", gaps)}");
                    if (isCulprit)
                    {
                        culprits.Add(fault);
                    }
                }

                string value = string.Join("; ", values);
                return published.Holds && culprits.Count > 0
                    ? Finding.ArtefactOf(value, culprits, published.Seeds)
                    : Finding.Of(value, published.Holds, published.Seeds);
            }
        );

    private static Claim OwnRuleWins() =>
        new(
            "C2",
            "Table 1",
            "At 2048 units the own rule beats Random",
            "93.6 against 84.0",
            Mnist,
            Id("probe-factorial"),
            evidence =>
                DecideByRepairs(
                    evidence,
                    (data, arm, probe) => Gap(data, PublishedProtocol.OwnRule, 2048, arm, probe),
                    (data, arm, probe) =>
                        "own rule "
                        + $"{Cells.Mean(data.Accuracies(PublishedProtocol.OwnRule.Name, KebabCase.From(arm), 2048, probe), 1)}, "
                        + $"{RandomAt(data, 2048, arm, probe)}"
                )
        );

    private static Claim RandomGetsWorse(string dataSet, string printed) =>
        new(
            $"C3/{dataSet}",
            "Table 1",
            "Random gets worse from 512 to 2048 units",
            printed,
            dataSet,
            Id("probe-factorial"),
            evidence =>
                DecideByRepairs(
                    evidence,
                    (data, arm, probe) =>
                        ProbeTable.Gains(Random(data, 2048, arm, probe), Random(data, 512, arm, probe)),
                    (data, arm, probe) =>
                        $"{Cells.Mean(data.Accuracies(PublishedProtocol.Random.Name, KebabCase.From(arm), 512, probe), 1)} "
                        + $"→ {RandomAt(data, 2048, arm, probe)}"
                )
        );

    private static IEnumerable<Claim> HebbNetIsSparse(string dataSet)
    {
        const double sparsity = 0.8,
            tolerance = 0.1,
            same = 0.9;
        yield return new(
            $"C4/{dataSet}/gini",
            "Table 2",
            "HebbNet's Gini stays at its sparsity of 0.8",
            ".73 to .80",
            dataSet,
            Id("table-2"),
            evidence =>
            {
                (int Width, SeedInterval End)[] ends = Ginis(
                    evidence,
                    PublishedProtocol.HebbNet,
                    PublishedProtocol.HiddenLayer,
                    "giniEnd"
                );
                return Finding.Of(
                    $"at the end, {List(ends)}",
                    ends.All(end => Math.Abs(end.End.Mean - sparsity) <= tolerance),
                    Seeds(ends)
                );
            }
        );
        yield return new(
            $"C4/{dataSet}/same",
            "text",
            "HebbNet updates the same neurons at every step",
            "all",
            dataSet,
            Id("table-2"),
            evidence =>
            {
                // At every step the same ones: then no more neurons learn over the whole run than at one step.
                (int Width, SeedInterval Share)[] moving = Ginis(
                        evidence,
                        PublishedProtocol.HebbNet,
                        PublishedProtocol.HiddenLayer,
                        "moving"
                    ),
                    ever = Ginis(evidence, PublishedProtocol.HebbNet, PublishedProtocol.HiddenLayer, "ever");
                return Finding.Of(
                    $"share of neurons that learn at a step, {List(moving)}; that ever learn, {List(ever)}",
                    moving.Zip(ever).All(pair => pair.First.Share.Mean >= same * pair.Second.Share.Mean),
                    Seeds(moving)
                );
            }
        );
    }

    private static Claim SoftHebbIsEven(string dataSet) =>
        new(
            $"C5/{dataSet}",
            "Table 2",
            "SoftHebb's hidden Gini is low",
            ".1 to .2 (.48 at 2048 units on MNIST)",
            dataSet,
            Id("fault-3-logged-layer"),
            evidence =>
            {
                const double low = 0.2;
                ResultTable table = evidence.Table("fault-3-logged-layer", "fault-3-logged-layer");
                (int Width, SeedInterval End)[] hidden = Ginis(
                        table,
                        PublishedProtocol.SoftHebb,
                        PublishedProtocol.HiddenLayer,
                        "giniEnd"
                    ),
                    output = Ginis(table, PublishedProtocol.SoftHebb, PublishedProtocol.OutputLayer, "giniEnd");
                string value = $"hidden layer {List(hidden)}; output layer {List(output)}";
                bool isPrintedOutputs = output.All(width =>
                    Math.Abs(
                        width.End.Mean - PrintedValues.Gini(dataSet, PublishedProtocol.SoftHebb, width.Width)!.Value.End
                    ) <= 0.1
                );
                return hidden.All(width => width.End.Mean <= low) ? Finding.Of(value, holds: true, Seeds(hidden))
                    : isPrintedOutputs ? Finding.ArtefactOf(value, ["F3"], Seeds(hidden))
                    : Finding.Of(value, holds: false, Seeds(hidden));
            }
        );

    private static Claim OwnRuleEvensOut(string dataSet) =>
        new(
            $"C6/{dataSet}",
            "Table 2",
            "The own rule starts with a high Gini and drives it down in narrow networks, not in wide ones",
            dataSet == Mnist ? "32: −.49, 2048: −.01 (text)" : "32: −.20, 2048: −.04",
            dataSet,
            Id("table-2"),
            evidence =>
            {
                ResultTable table = evidence.Table("table-2", "table-2");
                GiniTable data = new(table);
                (int Width, SeedInterval Change)[] changes =
                [
                    .. PublishedProtocol.Widths.Select(width =>
                        (
                            width,
                            Interval(
                                data.Changes(
                                    PublishedProtocol.OwnRule.Name,
                                    PublishedArm,
                                    width,
                                    PublishedProtocol.HiddenLayer
                                ),
                                $"the own rule at {width} units"
                            )
                        )
                    ),
                ];
                (int Width, SeedInterval Start)[] starts = Ginis(
                    table,
                    PublishedProtocol.OwnRule,
                    PublishedProtocol.HiddenLayer,
                    "giniStart"
                );
                return Finding.Of(
                    $"start {List(starts)}; change {List(changes)}",
                    starts.All(start => start.Start.Mean > 0.5)
                        && changes[0].Change.Mean < -0.1
                        && changes[^1].Change.Mean > -0.1
                        && changes[0].Change.Mean < changes[^1].Change.Mean,
                    Seeds(changes)
                );
            }
        );

    private static Claim OwnRuleAtChance() =>
        new(
            "C7",
            "Table 1",
            "The own rule is at chance on CIFAR-10",
            "10.0, 10.0, 10.0, 10.1",
            Cifar10,
            Id("probe-factorial"),
            evidence =>
            {
                const double clearlyAbove = 5;
                SeedInterval[] At(ProbeTable data, Arm arm, string probe) =>
                    [
                        .. PublishedProtocol.Widths.Select(width =>
                            Interval(
                                data.BySeed(PublishedProtocol.OwnRule.Name, KebabCase.From(arm), width, probe),
                                $"the own rule at {width} units"
                            )
                        ),
                    ];
                string Text(SeedInterval[] values) => string.Join(", ", values.Select(value => Interval(value, 1)));
                SeedInterval[] published = At(Factorial(evidence), Arm.Published, PublishedProtocol.Published);
                List<string> values = [$"as published {Text(published)}"],
                    culprits = [];
                foreach ((string fault, string experiment, Arm arm, string probe) in Repairs)
                {
                    SeedInterval[] repaired = At(new ProbeTable(evidence.Table(experiment, experiment)), arm, probe);
                    values.Add($"{fault} repaired {Text(repaired)}");
                    int[] above =
                    [
                        .. PublishedProtocol.Widths.Where(
                            (_, w) => LowerEnd(repaired[w], repaired.Length) > Chance + clearlyAbove
                        ),
                    ];
                    if (above.Length > 0)
                    {
                        culprits.Add(
                            above.Length == repaired.Length
                                ? fault
                                : $"{fault} (at {string.Join(" and ", above)} units)"
                        );
                    }
                }

                string text = string.Join("; ", values);
                bool isAtChance = published.All(value => value.Mean < Chance + (clearlyAbove / 2));
                int seeds = published.Min(value => value.Count);
                return isAtChance && culprits.Count > 0
                    ? Finding.ArtefactOf(text, culprits, seeds)
                    : Finding.Of(text, isAtChance, seeds);
            }
        );

    private static Claim GiniDipsAndRises() =>
        new(
            "C8",
            "Figure 3",
            "On CIFAR-10 with 32 units the own rule's Gini dips and rises again",
            "about .25 → .42",
            Cifar10,
            Id("figure-3"),
            evidence =>
            {
                (double[] steps, double[][] bySeed) = new CurveTable(evidence.Table("figure-3", "figure-3")).Read(
                    PublishedProtocol.OwnRule.Name,
                    PublishedArm,
                    "gini"
                );
                if (bySeed.Length == 0)
                {
                    throw new MissingEvidenceException("no run of the own rule at 32 units came to its end");
                }

                double[] dips = [.. bySeed.Select(values => values[0] - values.Min())],
                    rises = [.. bySeed.Select(values => values[^1] - values.Min())];
                double[] places = [.. bySeed.Select(values => steps[Array.IndexOf(values, values.Min())] / steps[^1])];
                SeedInterval dip = SeedInterval.Of(dips),
                    rise = SeedInterval.Of(rises);
                bool holds = rise.Mean - (rise.HasInterval ? rise.HalfWidth : 0) > 0.02 && dip.Mean > 0.02;
                return Finding.Of(
                    $"falls by {Interval(dip, 2)}, lowest after {Cells.Number(100 * places.Median(), 0)} "
                        + $"% of training (median), then rises by {Interval(rise, 2)}",
                    holds,
                    rise.Count
                );
            }
        );

    private static IEnumerable<Claim> FeaturesShowObjects()
    {
        const double nearlyAll = 0.9;
        const string source = "Figures 2, 4, 5",
            experiment = "fault-4-picture-layout";
        (ResultTable Table, string[][] Own) Read(Evidence evidence)
        {
            ResultTable table = evidence.Table(experiment, experiment);
            string[][] own = [.. table.Rows.Where(row => table.Text(row, "rule") == PublishedProtocol.OwnRule.Name)];
            return own.Length > 0
                ? (table, own)
                : throw new MissingEvidenceException("the own rule's run came to no end");
        }

        // Which objects they are only an eye can say. That they are pictures, and whether the printed ones are they,
        // can be computed. The neurons are the sample.
        yield return new(
            "C9/weights",
            source,
            "The own rule's weights on CIFAR-10 are pictures (ships, birds, horses to the eye), not noise",
            "pictures",
            Cifar10,
            Id(experiment),
            evidence =>
            {
                (ResultTable table, string[][] own) = Read(evidence);
                int structured = own.Count(row => table.Number(row, "rightLayoutP") < LiveNeurons.Level);
                return Finding.Of(
                    $"in the right layout {structured} of {own.Length} have neighbouring pixels more alike than noise",
                    structured >= nearlyAll * own.Length,
                    own.Length
                );
            }
        );
        yield return new(
            "C9/printed",
            source,
            "The printed pictures show these weights",
            "pictures",
            Cifar10,
            Id(experiment),
            evidence =>
            {
                (ResultTable table, string[][] own) = Read(evidence);
                double[] printed = [.. own.Select(row => table.Number(row, "printedLayout")!.Value)],
                    right = [.. own.Select(row => table.Number(row, "rightLayout")!.Value)];
                int smoother = right.Zip(printed).Count(pair => pair.First > pair.Second);
                string value =
                    $"in the right layout {smoother} of {own.Length} are smoother than in the printed "
                    + $"one: Moran's I {Cells.Number(right.Median(), 2)} against "
                    + $"{Cells.Number(printed.Median(), 2)} (medians)";
                return smoother >= nearlyAll * own.Length
                    ? Finding.ArtefactOf(value, ["F4"], own.Length)
                    : Finding.Of(value, holds: true, own.Length);
            }
        );
    }

    private static Claim AntiHebbianIsEssential(string dataSet) =>
        new(
            $"C10/{dataSet}",
            "text",
            "Anti-Hebbian inhibition is an essential component of the own rule",
            "in words",
            dataSet,
            Id("fault-6-anti-hebbian-term"),
            evidence =>
            {
                ProbeTable data = new(evidence.Table("fault-6-anti-hebbian-term", "fault-6-anti-hebbian-term"));
                (int Width, SeedInterval Gain)[] gains =
                [
                    .. from width in data.Widths
                    let values = ProbeTable.Gains(
                        data.BySeed(PublishedProtocol.OwnRule.Name, "as-coded", width, PublishedProtocol.Ridge),
                        data.BySeed(PublishedProtocol.OwnRule.Name, "anti-hebbian", width, PublishedProtocol.Ridge)
                    )
                    where values.Count > 0
                    select (width, SeedInterval.Of([.. values.Values])),
                ];
                if (gains.Length == 0)
                {
                    throw new MissingEvidenceException("no seed has both masks");
                }

                return Finding.Of(
                    "with the term less without it (which is how the printed numbers were made), ridge "
                        + $"probe, in points: {List(gains)}",
                    gains.All(gain => gain.Gain.HasInterval && gain.Gain.Mean - gain.Gain.HalfWidth > 0),
                    Seeds(gains)
                );
            }
        );

    private static Claim DeadNeuronsGoWithAccuracy(string dataSet) =>
        new(
            $"C11/{dataSet}",
            "text",
            "Good accuracy goes with many dead neurons",
            "in words",
            dataSet,
            Id("dead-neurons"),
            evidence =>
            {
                ResultTable data = evidence.Table("dead-neurons", "dead-neurons");
                string[][] rows =
                [
                    .. data.Rows.Where(row =>
                        data.Text(row, "control") == "trained"
                        && data.Text(row, "rule") != PublishedProtocol.Random.Name
                        && data.Number(row, "ridgeAccuracy") is not null
                    ),
                ];
                double Dead(string[] row) => 1 - data.Number(row, "live")!.Value;
                double Accuracy(string[] row) => data.Number(row, "ridgeAccuracy")!.Value;

                // Rules and widths differ in both for many reasons; what is left within a rule and width is what dead
                // neurons have to do with accuracy.
                // Fisher's z of the rank correlations over seeds, weighed by their number (Bonett and Wright 2000 for
                // the variance).
                double[] dead = [],
                    accuracy = [];
                double weighted = 0,
                    weights = 0;
                int cells = 0,
                    seeds = 0;
                foreach (
                    IGrouping<(string, string), string[]> cell in rows.GroupBy(row =>
                        (data.Text(row, "rule"), data.Text(row, "width"))
                    )
                )
                {
                    double[] x = [.. cell.Select(Dead)],
                        y = [.. cell.Select(Accuracy)];
                    (dead, accuracy) = ([.. dead, x.Average()], [.. accuracy, y.Average()]);
                    if (x.Length > 3 && x.Distinct().Count() > 1 && y.Distinct().Count() > 1)
                    {
                        double rho = Math.Clamp(Correlation.Spearman(x, y), -0.999, 0.999),
                            weight = (x.Length - 3) / (1 + (rho * rho / 2));
                        (weighted, weights, cells, seeds) = (
                            weighted + (weight * Math.Atanh(rho)),
                            weights + weight,
                            cells + 1,
                            Math.Max(seeds, x.Length)
                        );
                    }
                }

                if (cells == 0)
                {
                    throw new MissingEvidenceException("no rule and width has more than three seeds that differ");
                }

                double z = weighted / weights,
                    half = 1.96 / Math.Sqrt(weights);
                string across =
                    dead.Distinct().Count() > 1
                        ? $"; over the {dead.Length} means of rules and widths "
                            + $"{Cells.Signed(Correlation.Spearman(dead, accuracy), 2)}, for both grow with "
                            + "width"
                        : "";
                return Finding.Of(
                    "rank correlation of ridge accuracy with the dead share over the seeds of a rule and "
                        + $"width, {cells} of them combined: {Cells.Signed(Math.Tanh(z), 2)} "
                        + $"[{Cells.Signed(Math.Tanh(z - half), 2)}, "
                        + $"{Cells.Signed(Math.Tanh(z + half), 2)}]{across}",
                    Math.Tanh(z - half) > 0,
                    seeds
                );
            }
        );

    private static IEnumerable<Claim> FinalGini()
    {
        foreach (
            (string where, double printed, double tolerance) in new[] { ("text", .985, .0005), ("table", .90, .005) }
        )
        {
            yield return new(
                $"C12/{where}",
                where == "text" ? "text" : "Table 2",
                $"The own rule's final Gini at 2048 units on MNIST, as the {where} has it",
                printed.ToString(CultureInfo.InvariantCulture),
                Mnist,
                Id("table-2"),
                evidence =>
                {
                    SeedInterval end = Ginis(
                            evidence,
                            PublishedProtocol.OwnRule,
                            PublishedProtocol.HiddenLayer,
                            "giniEnd"
                        )
                        .Single(width => width.Width == 2048)
                        .Value;
                    double half = end.HasInterval ? end.PredictionHalfWidth : 0.005;
                    return Finding.Of(
                        $"{Interval(end, 3)}; a single seed within ± {Cells.Number(half, 3)}",
                        Math.Abs(end.Mean - printed) <= half + tolerance,
                        end.Count
                    );
                }
            );
        }
    }

    /// <summary>
    /// An effect (positive: as claimed) is an artefact of every fault whose repair alone takes it away: with it the
    /// effect is significantly smaller (one-sided,
    /// paired by seed) and no longer shown, or it is significantly reversed. Without such a fault it is reproduced if
    /// its 95 % interval as published lies above 0.
    /// </summary>
    private static Finding DecideByRepairs(
        Evidence evidence,
        Func<ProbeTable, Arm, string, IReadOnlyDictionary<long, double>> effect,
        Func<ProbeTable, Arm, string, string> describe
    )
    {
        ProbeTable factorial = Factorial(evidence);
        IReadOnlyDictionary<long, double> published = effect(factorial, Arm.Published, PublishedProtocol.Published);
        SeedInterval asPublished = Interval(published, "the published protocol");
        bool isShown = asPublished.Mean - (asPublished.HasInterval ? asPublished.HalfWidth : 0) > 0;
        List<string> values =

            [
                $"as published {describe(factorial, Arm.Published, PublishedProtocol.Published)}, effect "
                    + $"{Points(asPublished)}{(isShown ? "" : " (not shown by itself)")}",
            ],
            culprits = [];
        foreach (
            (string fault, string experiment, Arm arm, string probe) in Repairs.Where(repair => repair.Fault != "F7")
        )
        {
            ProbeTable data = new(evidence.Table(experiment, experiment));
            IReadOnlyDictionary<long, double> repaired = effect(data, arm, probe);
            values.Add(
                $"{fault} repaired {describe(data, arm, probe)}, effect "
                    + $"{Points(Interval(repaired, $"{fault} repaired"))}"
            );
            if (TakesAway(published, repaired, comparisons: 1, $"{fault} repaired"))
            {
                culprits.Add(fault);
            }
        }

        string value = string.Join("; ", values);
        return asPublished.Mean > 0 && culprits.Count > 0
            ? Finding.ArtefactOf(value, culprits, asPublished.Count)
            : Finding.Of(value, isShown, asPublished.Count);
    }

    /// <summary>Whether a repair takes an effect away: see <see cref="DecideByRepairs"/>.</summary>
    /// <param name="comparisons">How many effects are looked at together (Bonferroni).</param>
    private static bool TakesAway(
        IReadOnlyDictionary<long, double> published,
        IReadOnlyDictionary<long, double> repaired,
        int comparisons,
        string what
    )
    {
        SeedInterval left = Interval(repaired, what),
            lost = Interval(ProbeTable.Gains(repaired, published), what);
        bool isSmaller =
            lost.HasInterval
            && lost.Mean - (lost.HalfWidth * Quantile(lost, 0.05 / comparisons) / Quantile(lost, 0.025)) > 0;
        bool isReversed =
            left.HasInterval
            && -left.Mean - (left.HalfWidth * Quantile(left, 0.025 / comparisons) / Quantile(left, 0.025)) > 0;
        return isReversed || (isSmaller && !(left.Mean - left.HalfWidth > 0));
    }

    private static string Id(string experiment) => $"{PublishedProtocol.Paper}/{experiment}";

    private static string PrintedOrder(int width) =>
        string.Join(
            ", ",
            PublishedProtocol.Rules.Select(rule =>
                $"{rule.Name} {Cells.Number(PrintedValues.Accuracy(Mnist, rule, width)!.Value, 1)}"
            )
        );

    private static ProbeTable Factorial(Evidence evidence) => new(evidence.Table("probe-factorial", "probe-factorial"));

    private static IReadOnlyDictionary<long, double> Random(ProbeTable data, int width, Arm arm, string probe) =>
        data.BySeed(PublishedProtocol.Random.Name, KebabCase.From(arm), width, probe);

    private static string RandomAt(ProbeTable data, int width, Arm arm, string probe)
    {
        double[] never =
        [
            .. data.Values(PublishedProtocol.Random.Name, KebabCase.From(arm), width, probe, "classesNeverPredicted")
                .OfType<double>(),
        ];
        return "Random "
            + $"{Cells.Mean(data.Accuracies(PublishedProtocol.Random.Name, KebabCase.From(arm), width, probe), 1)} "
            + $"({(never.Length > 0 ? Cells.Number(never.Average(), 1) : Cells.NotRun)} classes never predicted)";
    }

    /// <summary>A rule's accuracy less Random's by seed, in points.</summary>
    private static IReadOnlyDictionary<long, double> Gap(
        ProbeTable data,
        PaperRule rule,
        int width,
        Arm arm,
        string probe
    ) => ProbeTable.Gains(Random(data, width, arm, probe), data.BySeed(rule.Name, KebabCase.From(arm), width, probe));

    /// <summary>Random's accuracy less a rule's by seed, in points.</summary>
    private static IReadOnlyDictionary<long, double> Lead(
        ProbeTable data,
        PaperRule rule,
        int width,
        Arm arm,
        string probe
    ) => ProbeTable.Gains(data.BySeed(rule.Name, KebabCase.From(arm), width, probe), Random(data, width, arm, probe));

    private static SeedInterval Interval(IReadOnlyDictionary<long, double> values, string of) =>
        values.Count > 0
            ? SeedInterval.Of([.. values.Values])
            : throw new MissingEvidenceException($"no seed has all of {of}");

    /// <summary>
    /// Of a 95 % interval that holds for several comparisons together (Bonferroni); minus infinity for a single seed.
    /// </summary>
    private static double LowerEnd(SeedInterval value, int comparisons) =>
        value.HasInterval
            ? value.Mean - (value.HalfWidth * Quantile(value, 0.025 / comparisons) / Quantile(value, 0.025))
            : double.NegativeInfinity;

    private static double Quantile(SeedInterval value, double tail) => -StudentT.InvCDF(0, 1, value.Count - 1, tail);

    private static (int Width, SeedInterval Value)[] Ginis(
        Evidence evidence,
        PaperRule rule,
        string layer,
        string column
    ) => Ginis(evidence.Table("table-2", "table-2"), rule, layer, column);

    private static (int Width, SeedInterval Value)[] Ginis(
        ResultTable table,
        PaperRule rule,
        string layer,
        string column
    )
    {
        GiniTable data = new(table);
        return
        [
            .. PublishedProtocol.Widths.Select(width =>
                (
                    width,
                    data.Values(rule.Name, PublishedArm, width, layer, column).OfType<double>().ToArray()
                        is { Length: > 0 } values
                        ? SeedInterval.Of(values)
                        : throw new MissingEvidenceException($"{rule.Name} at {width} units came to no end")
                )
            ),
        ];
    }

    private static int Seeds((int Width, SeedInterval Value)[] values) => values.Min(value => value.Value.Count);

    private static string List((int Width, SeedInterval Value)[] values) =>
        string.Join(", ", values.Select(value => $"{value.Width}: {Interval(value.Value, 2)}"));

    private static string Interval(SeedInterval value, int decimals) =>
        Cells.Number(value.Mean, decimals).Replace('-', '−')
        + (value.HasInterval ? $" ± {Cells.Number(value.HalfWidth, decimals)}" : "");

    private static string Points(SeedInterval value) =>
        Cells.Signed(value.Mean, 1) + (value.HasInterval ? $" ± {Cells.Number(value.HalfWidth, 1)}" : "");
}
