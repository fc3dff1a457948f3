using System.Globalization;
using MathNet.Numerics.Statistics;
using Reproduction.Evaluation;
using Reproduction.Experiments.Claims;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>What "Learning Dynamics in Competitive Hebbian Learning" claims, C1 to C12.</summary>
public sealed class CompetitiveHebbianClaims : PaperClaims
{
    private const string Mnist = PrintedValues.Mnist;
    private const string Cifar10 = PrintedValues.Cifar10;
    private const double Chance = 10;

    // Each fault with the variant of the published protocol that is without it.
    private static readonly (string Fault, Arm Arm, string Probe)[] SingleRepairs =
    [
        ("F1", Arm.Published, PublishedProtocol.SingleSoftmax),
        ("F2", Arm.LayerNormalized, PublishedProtocol.Published),
        ("F9", Arm.Published, PublishedProtocol.NoDropout),
    ];

    private static readonly string PublishedArm = KebabCase.From(Arm.Published);

    /// <inheritdoc/>
    public override string Paper => PublishedProtocol.Paper;

    /// <inheritdoc/>
    public override IEnumerable<Claim> Claims =>
    [
        .. from width in new[] { 32, 128, 512 } from probe in new[] { PublishedProtocol.Published, PublishedProtocol.Softmax, PublishedProtocol.Ridge } select RandomWins(width, probe),
        .. new[] { 32, 128, 512 }.Select(RandomWinsByFault),
        OwnRuleWins(),
        RandomGetsWorse(Mnist, "91.6 → 84.0"),
        RandomGetsWorse(Cifar10, "34.2 → 16.3"),
        .. new[] { Mnist, Cifar10 }.SelectMany(HebbNetIsSparse),
        .. new[] { Mnist, Cifar10 }.Select(SoftHebbIsEven),
        .. new[] { Mnist, Cifar10 }.Select(OwnRuleEvensOut),
        OwnRuleAtChance(),
        GiniDipsAndRises(),
        FeaturesShowObjects(),
        .. new[] { Mnist, Cifar10 }.Select(AntiHebbianIsEssential),
        .. new[] { Mnist, Cifar10 }.Select(DeadNeuronsGoWithAccuracy),
        .. FinalGini(),
    ];

    private static Claim RandomWins(int width, string probe) => new(
        $"C1/{width}/{probe}", "Table 1", $"Random beats every Hebbian rule at {width} units, {probe} probe",
        string.Join(", ", PublishedProtocol.Rules.Select(rule => $"{rule.Name} {Cells.Number(PrintedValues.Accuracy(Mnist, rule, width)!.Value, 1)}")),
        Mnist, Id("random-projections"),
        evidence =>
        {
            ResultTable decisions = evidence.Table("random-projections", "random-projections-decisions");
            string[][] rows = [.. decisions.Rows.Where(row => decisions.Number(row, "width") == width && decisions.Text(row, "probe") == probe)];
            if (rows.Length == 0)
            {
                throw new MissingEvidenceException();
            }

            string value = string.Join("; ", rows.Select(row => $"{decisions.Text(row, "rule")} {RandomProjectionText(decisions, row)}"));
            return Finding.Of(value, rows.All(row => decisions.Text(row, "verdict") == KebabCase.From(Verdict.Loses)));
        });

    /// <summary>Which single repair turns the order round.</summary>
    private static Claim RandomWinsByFault(int width) => new(
        $"C1/{width}/faults", "Table 1", $"Random beats every Hebbian rule at {width} units: with which fault alone repaired does a rule beat Random?",
        "Random first", Mnist, Id("probe-factorial"),
        evidence =>
        {
            ProbeTable data = Factorial(evidence);
            List<string> values = [], culprits = [];
            foreach ((string fault, Arm arm, string probe) in SingleRepairs.Prepend(("none", Arm.Published, PublishedProtocol.Published)))
            {
                (PaperRule Rule, SeedInterval Gap) best = PublishedProtocol.LearningRules.Select(rule => (rule, Gap(data, rule, width, arm, probe))).MaxBy(pair => pair.Item2.Mean);
                values.Add($"{fault} repaired: {best.Rule.Name} {Points(best.Gap)}");
                if (fault != "none" && best.Gap.HasInterval && best.Gap.Mean - best.Gap.HalfWidth > 0)
                {
                    culprits.Add(fault);
                }
            }

            string value = string.Join("; ", values);
            return culprits.Count > 0 ? Finding.ArtefactOf(value, culprits) : Finding.Of(value, holds: true);
        });

    private static Claim OwnRuleWins() => new(
        "C2", "Table 1", "At 2048 units the own rule beats Random", "93.6 against 84.0", Mnist, Id("probe-factorial"),
        evidence =>
        {
            ProbeTable data = Factorial(evidence);
            return DecideByRepairs((arm, probe) => Gap(data, PublishedProtocol.OwnRule, 2048, arm, probe), (arm, probe) =>
                $"own rule {Cells.Mean(data.Accuracies(PublishedProtocol.OwnRule.Name, KebabCase.From(arm), 2048, probe), 1)}, {RandomAt(data, 2048, arm, probe)}");
        });

    private static Claim RandomGetsWorse(string dataSet, string printed) => new(
        $"C3/{dataSet}", "Table 1", "Random gets worse from 512 to 2048 units", printed, dataSet, Id("probe-factorial"),
        evidence =>
        {
            ProbeTable data = Factorial(evidence);
            return DecideByRepairs(
                (arm, probe) => Difference(RandomAccuracies(data, 512, arm, probe), RandomAccuracies(data, 2048, arm, probe)),
                (arm, probe) => $"{Cells.Mean(RandomAccuracies(data, 512, arm, probe), 1)} → {RandomAt(data, 2048, arm, probe)}");
        });

    private static IEnumerable<Claim> HebbNetIsSparse(string dataSet)
    {
        const double sparsity = 0.8, tolerance = 0.05, same = 0.9;
        yield return new(
            $"C4/{dataSet}/gini", "Table 2", "HebbNet's Gini stays at its sparsity of 0.8", ".73 to .80", dataSet, Id("table-2"),
            evidence =>
            {
                (int Width, SeedInterval End)[] ends = Ginis(evidence, PublishedProtocol.HebbNet, PublishedProtocol.HiddenLayer, "giniEnd");
                return Finding.Of(List(ends), ends.All(end => Math.Abs(end.End.Mean - sparsity) <= tolerance));
            });
        yield return new(
            $"C4/{dataSet}/same", "text", "HebbNet updates the same neurons at every step", "all", dataSet, Id("table-2"),
            evidence =>
            {
                (int Width, SeedInterval Share)[] repeated = Ginis(evidence, PublishedProtocol.HebbNet, PublishedProtocol.HiddenLayer, "repeated");
                return Finding.Of($"share of a step's neurons that learned the step before, {List(repeated)}", repeated.All(width => width.Share.Mean >= same));
            });
    }

    private static Claim SoftHebbIsEven(string dataSet) => new(
        $"C5/{dataSet}", "Table 2", "SoftHebb's hidden Gini is low", ".1 to .2 (.48 at 2048 units on MNIST)", dataSet, Id("fault-3-logged-layer"),
        evidence =>
        {
            const double low = 0.2;
            ResultTable table = evidence.Table("fault-3-logged-layer", "fault-3-logged-layer");
            (int Width, SeedInterval End)[] hidden = Ginis(table, PublishedProtocol.SoftHebb, PublishedProtocol.HiddenLayer, "giniEnd"), output = Ginis(table, PublishedProtocol.SoftHebb, PublishedProtocol.OutputLayer, "giniEnd");
            string value = $"hidden layer {List(hidden)}; output layer {List(output)}";
            bool isPrintedOutputs = output.All(width => Math.Abs(width.End.Mean - PrintedValues.Gini(dataSet, PublishedProtocol.SoftHebb, width.Width)!.Value.End) <= 0.1);
            return hidden.All(width => width.End.Mean <= low) ? Finding.Of(value, holds: true) : isPrintedOutputs ? Finding.ArtefactOf(value, ["F3"]) : Finding.Of(value, holds: false);
        });

    private static Claim OwnRuleEvensOut(string dataSet) => new(
        $"C6/{dataSet}", "Table 2", "The own rule starts with a high Gini and drives it down in narrow networks, not in wide ones",
        dataSet == Mnist ? "32: −.49, 2048: −.01 (text)" : "32: −.20, 2048: −.04", dataSet, Id("table-2"),
        evidence =>
        {
            ResultTable table = evidence.Table("table-2", "table-2");
            GiniTable data = new(table);
            (int Width, SeedInterval Change)[] changes = [.. PublishedProtocol.Widths.Select(width => (width, SeedInterval.Of(Cells.Differences(
                data.Values(PublishedProtocol.OwnRule.Name, PublishedArm, width, PublishedProtocol.HiddenLayer, "giniEnd"),
                data.Values(PublishedProtocol.OwnRule.Name, PublishedArm, width, PublishedProtocol.HiddenLayer, "giniStart")))))];
            (int Width, SeedInterval Start)[] starts = Ginis(table, PublishedProtocol.OwnRule, PublishedProtocol.HiddenLayer, "giniStart");
            return Finding.Of(
                $"start {List(starts)}; change {List(changes)}",
                starts.All(start => start.Start.Mean > 0.5) && changes[0].Change.Mean < -0.1 && changes[^1].Change.Mean > -0.1 && changes[0].Change.Mean < changes[^1].Change.Mean);
        });

    private static Claim OwnRuleAtChance() => new(
        "C7", "Table 1", "The own rule is at chance on CIFAR-10", "10.0, 10.0, 10.0, 10.1", Cifar10, Id("probe-factorial"),
        evidence =>
        {
            const double clearlyAbove = 5;
            ProbeTable data = Factorial(evidence);
            SeedInterval[] At(Arm arm, string probe) => [.. PublishedProtocol.Widths.Select(width => SeedInterval.Of([.. data.Accuracies(PublishedProtocol.OwnRule.Name, KebabCase.From(arm), width, probe).OfType<double>()]))];
            string Text(SeedInterval[] values) => string.Join(", ", values.Select(value => Cells.Number(value.Mean, 1)));
            SeedInterval[] published = At(Arm.Published, PublishedProtocol.Published);
            List<string> values = [$"as published {Text(published)}"], culprits = [];
            foreach ((string fault, Arm arm, string probe) in SingleRepairs)
            {
                SeedInterval[] repaired = At(arm, probe);
                values.Add($"{fault} repaired {Text(repaired)}");
                if (repaired.All(value => value.Mean - (value.HasInterval ? value.HalfWidth : 0) > Chance + clearlyAbove))
                {
                    culprits.Add(fault);
                }
            }

            string text = string.Join("; ", values);
            bool isAtChance = published.All(value => value.Mean < Chance + (clearlyAbove / 2));
            return isAtChance && culprits.Count > 0 ? Finding.ArtefactOf(text, culprits) : Finding.Of(text, isAtChance);
        });

    private static Claim GiniDipsAndRises() => new(
        "C8", "Figure 3", "On CIFAR-10 with 32 units the own rule's Gini dips and rises again", "about .25 → .42", Cifar10, Id("figure-3"),
        evidence =>
        {
            (double[] steps, double[][] bySeed) = new CurveTable(evidence.Table("figure-3", "figure-3")).Read(PublishedProtocol.OwnRule.Name, PublishedArm, "gini");
            double[] dips = [.. bySeed.Select(values => values[0] - values.Min())], rises = [.. bySeed.Select(values => values[^1] - values.Min())];
            double[] places = [.. bySeed.Select(values => steps[Array.IndexOf(values, values.Min())] / steps[^1])];
            SeedInterval dip = SeedInterval.Of(dips), rise = SeedInterval.Of(rises);
            bool holds = rise.Mean - (rise.HasInterval ? rise.HalfWidth : 0) > 0.02 && dip.Mean > 0.02;
            return Finding.Of($"falls by {Interval(dip, 2)}, lowest after {Cells.Number(100 * places.Median(), 0)} % of training (median), then rises by {Interval(rise, 2)}", holds);
        });

    private static Claim FeaturesShowObjects() => new(
        "C9", "Figures 2, 4, 5", "The own rule's weights on CIFAR-10 show ships, birds, horses", "pictures", Cifar10, Id("fault-4-picture-layout"),
        evidence =>
        {
            ResultTable table = evidence.Table("fault-4-picture-layout", "fault-4-picture-layout");
            string[][] own = [.. table.Rows.Where(row => table.Text(row, "rule") == PublishedProtocol.OwnRule.Name)];
            double[] printed = [.. own.Select(row => table.Number(row, "printedLayout")!.Value)], right = [.. own.Select(row => table.Number(row, "rightLayout")!.Value)];
            double smoother = right.Zip(printed).Count(pair => pair.First > pair.Second) / (double)own.Length;
            string value = $"in the right layout {Cells.Number(100 * smoother, 0)} % of {own.Length} pictures are smoother than in the printed one: Moran's I {Cells.Number(right.Median(), 2)} against {Cells.Number(printed.Median(), 2)} (medians)";
            return smoother >= 0.95 ? Finding.ArtefactOf(value, ["F4"]) : new Finding(value, Finding.NotTestable);
        });

    private static Claim AntiHebbianIsEssential(string dataSet) => new(
        $"C10/{dataSet}", "text", "Anti-Hebbian inhibition is an essential component of the own rule", "in words", dataSet, Id("fault-6-anti-hebbian-term"),
        evidence =>
        {
            ProbeTable data = new(evidence.Table("fault-6-anti-hebbian-term", "fault-6-anti-hebbian-term"));
            (int Width, SeedInterval Gain)[] gains = [.. from width in data.Widths
                                                         let values = Cells.Differences(
                                                             data.Accuracies(PublishedProtocol.OwnRule.Name, "anti-hebbian", width, PublishedProtocol.Ridge),
                                                             data.Accuracies(PublishedProtocol.OwnRule.Name, "as-coded", width, PublishedProtocol.Ridge))
                                                         where values.Length > 0
                                                         select (width, SeedInterval.Of(values))];
            if (gains.Length == 0)
            {
                throw new MissingEvidenceException();
            }

            return Finding.Of(
                $"with the term less without it (which is how the printed numbers were made), ridge probe, in points: {List(gains)}",
                gains.All(gain => gain.Gain.HasInterval && gain.Gain.Mean - gain.Gain.HalfWidth > 0));
        });

    private static Claim DeadNeuronsGoWithAccuracy(string dataSet) => new(
        $"C11/{dataSet}", "text", "Good accuracy goes with many dead neurons", "in words", dataSet, Id("dead-neurons"),
        evidence =>
        {
            ResultTable data = evidence.Table("dead-neurons", "dead-neurons");
            List<string> values = [];
            bool holds = true;
            foreach (int width in PublishedProtocol.Widths)
            {
                string[][] rows = [.. data.Rows.Where(row => data.Text(row, "control") == "trained" && data.Number(row, "width") == width && data.Text(row, "rule") != PublishedProtocol.Random.Name)];
                double[] dead = [.. rows.Select(row => 1 - data.Number(row, "live")!.Value)], accuracy = [.. rows.Select(row => data.Number(row, "ridgeAccuracy")!.Value)];
                if (rows.Length < 5 || dead.Distinct().Count() < 2)
                {
                    throw new MissingEvidenceException();
                }

                // Fisher's interval of a rank correlation (Bonett and Wright 2000).
                double rho = Correlation.Spearman(dead, accuracy), half = 1.96 * Math.Sqrt((1 + (rho * rho / 2)) / (rows.Length - 3));
                double low = Math.Tanh(Math.Atanh(rho) - half), high = Math.Tanh(Math.Atanh(rho) + half);
                values.Add($"{width}: {Cells.Signed(rho, 2)} [{Cells.Signed(low, 2)}, {Cells.Signed(high, 2)}]");
                holds &= low > 0;
            }

            return Finding.Of($"rank correlation of ridge accuracy with the dead share, {string.Join(", ", values)}", holds);
        });

    private static IEnumerable<Claim> FinalGini()
    {
        foreach ((string where, double printed, double tolerance) in new[] { ("text", .985, .0005), ("table", .90, .005) })
        {
            yield return new(
                $"C12/{where}", where == "text" ? "text" : "Table 2", $"The own rule's final Gini at 2048 units on MNIST, as the {where} has it", printed.ToString(CultureInfo.InvariantCulture), Mnist, Id("table-2"),
                evidence =>
                {
                    SeedInterval end = Ginis(evidence, PublishedProtocol.OwnRule, PublishedProtocol.HiddenLayer, "giniEnd").Single(width => width.Width == 2048).Value;
                    double half = end.HasInterval ? end.PredictionHalfWidth : 0.005;
                    return Finding.Of($"{Interval(end, 3)}; a single seed within ± {Cells.Number(half, 3)}", Math.Abs(end.Mean - printed) <= half + tolerance);
                });
        }
    }

    /// <summary>
    /// An effect (positive: as claimed) that is there as published is an artefact of every fault with which, alone repaired, even the upper end of the
    /// effect's 95 % interval lies below half of it.
    /// </summary>
    private static Finding DecideByRepairs(Func<Arm, string, SeedInterval> effect, Func<Arm, string, string> describe)
    {
        SeedInterval published = effect(Arm.Published, PublishedProtocol.Published);
        List<string> values = [$"as published {describe(Arm.Published, PublishedProtocol.Published)}"], culprits = [];
        foreach ((string fault, Arm arm, string probe) in SingleRepairs)
        {
            SeedInterval repaired = effect(arm, probe);
            values.Add($"{fault} repaired {describe(arm, probe)}");
            if (repaired.Mean + (repaired.HasInterval ? repaired.HalfWidth : 0) < published.Mean / 2)
            {
                culprits.Add(fault);
            }
        }

        string value = string.Join("; ", values);
        return published.Mean <= 0 ? Finding.Of(value, holds: false) : culprits.Count > 0 ? Finding.ArtefactOf(value, culprits) : Finding.Of(value, holds: true);
    }

    private static string Id(string experiment) => $"{PublishedProtocol.Paper}/{experiment}";

    private static ProbeTable Factorial(Evidence evidence) => new(evidence.Table("probe-factorial", "probe-factorial"));

    private static IReadOnlyList<double?> RandomAccuracies(ProbeTable data, int width, Arm arm, string probe) => data.Accuracies(PublishedProtocol.Random.Name, KebabCase.From(arm), width, probe);

    private static string RandomAt(ProbeTable data, int width, Arm arm, string probe)
    {
        double[] never = [.. data.Values(PublishedProtocol.Random.Name, KebabCase.From(arm), width, probe, "classesNeverPredicted").OfType<double>()];
        return $"Random {Cells.Mean(RandomAccuracies(data, width, arm, probe), 1)} ({(never.Length > 0 ? Cells.Number(never.Average(), 1) : Cells.NotRun)} classes never predicted)";
    }

    /// <summary>A rule's accuracy less Random's, paired by seed, in points.</summary>
    private static SeedInterval Gap(ProbeTable data, PaperRule rule, int width, Arm arm, string probe) =>
        Difference(data.Accuracies(rule.Name, KebabCase.From(arm), width, probe), RandomAccuracies(data, width, arm, probe));

    private static SeedInterval Difference(IReadOnlyList<double?> minuend, IReadOnlyList<double?> subtrahend) =>
        Cells.Differences(minuend, subtrahend) is { Length: > 0 } differences ? SeedInterval.Of(differences) : throw new MissingEvidenceException();

    private static (int Width, SeedInterval Value)[] Ginis(Evidence evidence, PaperRule rule, string layer, string column) => Ginis(evidence.Table("table-2", "table-2"), rule, layer, column);

    private static (int Width, SeedInterval Value)[] Ginis(ResultTable table, PaperRule rule, string layer, string column)
    {
        GiniTable data = new(table);
        return [.. PublishedProtocol.Widths.Select(width => (width, data.Values(rule.Name, PublishedArm, width, layer, column).OfType<double>().ToArray() is { Length: > 0 } values
            ? SeedInterval.Of(values)
            : throw new MissingEvidenceException()))];
    }

    private static string List((int Width, SeedInterval Value)[] values) => string.Join(", ", values.Select(value => $"{value.Width}: {Interval(value.Value, 2)}"));

    private static string Interval(SeedInterval value, int decimals) => Cells.Number(value.Mean, decimals).Replace('-', '−') + (value.HasInterval ? $" ± {Cells.Number(value.HalfWidth, decimals)}" : "");

    private static string Points(SeedInterval value) => Cells.Signed(value.Mean, 1) + (value.HasInterval ? $" ± {Cells.Number(value.HalfWidth, 1)}" : "");

    private static string RandomProjectionText(ResultTable decisions, string[] row) => Comparison.RandomProjectionFamily.Text(
        decisions.Number(row, "difference")!.Value, decisions.Number(row, "low")!.Value, decisions.Number(row, "high")!.Value, decisions.Text(row, "verdict"), decisions.Number(row, "provisional") == 1);
}
