using System.Globalization;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Figures;
using Reproduction.Statistics;
using Reproduction.Studies.Results;

namespace Reproduction.Studies.Comparisons;

/// <summary>
/// Pairs the runs of rules with those of random projections and has the gate decide; a family is all that is compared
/// under one probe.
/// </summary>
public static class RandomProjectionFamily
{
    /// <summary>What the resampling is drawn from: fixed, so that the same records give the same table.</summary>
    private const long GateSeed = 1;

    /// <summary>The rule that does not learn.</summary>
    public const string Random = "random";

    /// <summary>The family of rules that others are held against, and that are not held against anything.</summary>
    public const string Baseline = "baseline";

    private const int BeatsColour = 3;
    private const int LosesColour = 2;

    /// <summary>Columns of <see cref="Row"/>.</summary>
    public static readonly string[] Columns =
    [
        "rule",
        "width",
        "probe",
        "seeds",
        "ruleAccuracy",
        "randomAccuracy",
        "difference",
        "low",
        "high",
        "p",
        "adjustedP",
        "verdict",
        "provisional",
        "family",
    ];

    /// <summary>The very network of a run before training, under the same probes.</summary>
    public static RunSpec Untrained(RuleCatalog rules, RunSpec spec)
    {
        RunSpec random = rules[Random].Spec(spec.DataSet, spec.Hidden, spec.Seed, spec.Probes);
        return random with
        {
            Limit = spec.Limit,
            Activation = spec.Activation,
            Initialization = spec.Initialization,
            Targets = spec.Targets,

            // Nobody asks the output layer anything, so rules with different ones share their random projections.
            Output = spec.Targets == RunSpec.AllTargets ? random.Output : spec.Output,
        };
    }

    /// <summary>Decides every rule and width under a probe.</summary>
    /// <param name="records">Of rules and of <c>random</c>; runs are paired by seed, targets, width, units' activation,
    /// normalisation and initial weights.</param>
    /// <param name="ruleName">What a record's rule is called.</param>
    /// <param name="pairKey">What a run and its random projections have in common; null for
    /// <see cref="PairKey"/>.</param>
    /// <returns>In the order of the records; what diverged or has no partner is left out.</returns>
    public static IReadOnlyList<(string Rule, int Width, ComparisonResult Result)> Decide(
        IReadOnlyList<RunRecord> records,
        string probe,
        Func<RunRecord, string> ruleName,
        Func<RunRecord, string>? pairKey = null
    )
    {
        Func<RunRecord, string> key = pairKey ?? PairKey;
        RunRecord[] usable =
        [
            .. records.Where(record => record.Correct.ContainsKey(probe)).DistinctBy(record => record.RunId),
        ];
        Dictionary<string, RunRecord> random = usable.Where(IsRandom).ToDictionary(key);
        (string Rule, int Width, SeedPair Pair)[] pairs =
        [
            .. from record in usable
            where !IsRandom(record) && random.ContainsKey(key(record))
            select (
                ruleName(record),
                record.Spec.Hidden[^1],
                new SeedPair(record.Spec.Seed, record.Correct[probe], random[key(record)].Correct[probe])
            ),
        ];
        var groups = pairs.GroupBy(pair => (pair.Rule, pair.Width)).ToArray();
        if (groups.Length == 0)
        {
            return [];
        }

        Comparison[] family =
        [
            .. groups.Select(group => new Comparison(
                $"{group.Key.Rule} {group.Key.Width}",
                [.. group.Select(pair => pair.Pair).OrderBy(pair => pair.Seed)]
            )),
        ];
        IReadOnlyList<ComparisonResult> results = new RandomProjectionGate(GateSeed).Decide(
            family,
            TestSamples(usable[0], probe)
        );
        return [.. groups.Zip(results, (group, result) => (group.Key.Rule, group.Key.Width, result))];
    }

    /// <summary>A decision as a row of a table of results.</summary>
    public static object?[] Row(string rule, int width, string probe, ComparisonResult result, int family) =>
        [
            rule,
            width,
            probe,
            result.Seeds,
            result.RuleAccuracy,
            result.BaselineAccuracy,
            result.Difference,
            result.Low,
            result.High,
            result.P,
            result.AdjustedP,
            KebabCase.From(result.Verdict),
            result.IsProvisional ? 1 : 0,
            family,
        ];

    /// <summary>The same of a row of <see cref="Row"/>.</summary>
    public static string Text(ResultTable decisions, string[] row) =>
        Text(
            decisions.Number(row, "difference")!.Value,
            decisions.Number(row, "low")!.Value,
            decisions.Number(row, "high")!.Value,
            decisions.Text(row, "verdict"),
            decisions.Number(row, "provisional") == 1
        );

    /// <summary>
    /// Saved decisions as intervals about 0, in points: green above, orange below, black where nothing can be told.
    /// </summary>
    /// <param name="limit">How far the axis goes at most, in points: a rule that ruins its features would else squeeze
    /// all others together.</param>
    public static IntervalPanel Panel(string title, ResultTable decisions, IEnumerable<string[]> rows, double limit) =>
        new(
            title,
            "learned − random, in points",
            [
                .. from row in rows
                let verdict = decisions.Text(row, "verdict")
                select new IntervalRow(
                    decisions.Text(row, "rule"),
                    verdict == KebabCase.From(Verdict.Beats) ? BeatsColour
                        : verdict == KebabCase.From(Verdict.Loses) ? LosesColour
                        : 0,
                    100 * decisions.Number(row, "difference")!.Value,
                    100 * decisions.Number(row, "low")!.Value,
                    100 * decisions.Number(row, "high")!.Value,
                    $"{Points(decisions.Number(row, "difference")!.Value)} "
                        + $"{ComparisonResult.TextOf(verdict, decisions.Number(row, "provisional") == 1)}"
                ),
            ],
            limit
        );

    /// <summary>"+1.23 [+1.00, +1.46] beats", in points.</summary>
    public static string Text(double difference, double low, double high, string verdict, bool isProvisional) =>
        $"{Points(difference)} [{Points(low)}, {Points(high)}] {ComparisonResult.TextOf(verdict, isProvisional)}";

    private static string Points(double share) =>
        (share >= 0 ? "+" : "−") + Math.Abs(100 * share).ToString("F2", CultureInfo.InvariantCulture);

    private static bool IsRandom(RunRecord record) => record.Spec.Rule == Random;

    /// <summary>What a run and its random projections have in common.</summary>
    public static string PairKey(RunRecord record) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{record.Spec.Seed} {string.Join(",", record.Spec.Hidden)} {record.Spec.Activation} "
                + $"{record.Spec.Normalization} {record.Spec.NormalizesInput} {record.Spec.Initialization} "
                + $"{record.Spec.Pixels} {record.Spec.Limit} {record.Spec.Targets} "
                + $"{(record.Spec.Targets == RunSpec.AllTargets ? "" : record.Spec.Output)}"
        );

    private static int TestSamples(RunRecord record, string probe) =>
        (int)
            record
                .Measures.Where(measure =>
                    measure.Key.StartsWith(MeasureNames.Probe(probe, "predicted."), StringComparison.Ordinal)
                )
                .Sum(measure => measure.Value);
}
