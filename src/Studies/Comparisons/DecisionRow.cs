using System.Globalization;
using CsvHelper;
using Reproduction.Statistics;
using Reproduction.Studies.Drawing;
using Reproduction.Studies.Results;

[assembly: CsvConverter(typeof(KebabConverter<Verdict>))]
[assembly: CsvConverter(typeof(KebabConverter<Estimand>))]

namespace Reproduction.Studies.Comparisons;

/// <summary>
/// The decision on one arm's layer under one probe: the difference to the same layer untrained. Accuracies, differences
/// and the margin are shares.
/// </summary>
/// <param name="Arm">The arm's name: a rule, with what was set beside it.</param>
/// <param name="Hidden">Units of the hidden layers, separated by spaces.</param>
/// <param name="Layer">The layer that was probed: hidden1, …</param>
/// <param name="Probe">The probe's name.</param>
/// <param name="Seeds">The number of paired seeds.</param>
/// <param name="Diverged">The number of seeds at which a run diverged or broke down, so that there is no pair.</param>
/// <param name="Samples">The number of test samples.</param>
/// <param name="Difference">Learned less random, mean over seeds and samples; empty if no pair is there.</param>
/// <param name="Low">Lower end of the interval; empty if nothing is known.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Level">The level of this interval.</param>
/// <param name="QuestionLevel">The level of the whole question: below that of the interval if the intervals hold
/// together.</param>
/// <param name="Family">The number of comparisons that the question consists of.</param>
/// <param name="Threshold">Of a gate, the difference that must be exceeded; else empty.</param>
/// <param name="SeedDeviation">Standard deviation of the difference over seeds.</param>
/// <param name="StandardizedDifference">The difference over that deviation.</param>
/// <param name="Superiority">Share of the seeds at which the arm is ahead.</param>
/// <param name="SuperiorityLow">Lower end of the 95 % interval of the probability that it is ahead at a fresh
/// seed.</param>
/// <param name="SuperiorityHigh">Upper end of that interval.</param>
/// <param name="SeedsNeeded">How many seeds would decide an inconclusive comparison, or let one pass a gate; empty if
/// none would.</param>
/// <param name="SamplesNeeded">The test samples needed with them, where those at hand are too few for any number of
/// seeds.</param>
[CsvRecord]
public sealed partial record DecisionRow(
    string Arm,
    string Rule,
    string Hidden,
    string Layer,
    int Units,
    string Probe,
    int Seeds,
    int Diverged,
    int Samples,
    double? RuleAccuracy,
    double? RandomAccuracy,
    double? Difference,
    double? Low,
    double? High,
    double Level,
    double QuestionLevel,
    int Family,
    Estimand Estimand,
    double Margin,
    Verdict Verdict,
    double? Threshold,
    double? SeedDeviation,
    double? StandardizedDifference,
    double? Superiority,
    double? SuperiorityLow,
    double? SuperiorityHigh,
    int? SeedsNeeded,
    int? SamplesNeeded
)
{
    /// <summary>The interval and the margin, from which the verdict follows.</summary>
    [CsvIgnore]
    public Judgement Judgement =>
        new(new Interval(Low ?? double.NegativeInfinity, High ?? double.PositiveInfinity), Margin, Diverged);

    /// <summary>The verdict in words.</summary>
    [CsvIgnore]
    public string VerdictText => Seeds == 1 ? "inconclusive (one seed)" : Judgement.Text;

    /// <summary>The difference in points, with its sign.</summary>
    [CsvIgnore]
    public string DifferenceText => Difference is { } difference ? Points(difference) : Cells.NotRun;

    /// <summary>"+1.23 [+1.00, +1.46]", in points.</summary>
    [CsvIgnore]
    public string IntervalText =>
        Low is { } low && High is { } high ? $"{DifferenceText} [{Points(low)}, {Points(high)}]" : DifferenceText;

    /// <summary>"+1.23 [+1.00, +1.46] better", in points.</summary>
    [CsvIgnore]
    public string Text => $"{IntervalText} {VerdictText}";

    /// <summary>"1.00 [0.69, 1.00]": the probability that the arm is ahead at a fresh seed.</summary>
    [CsvIgnore]
    public string SuperiorityText =>
        Superiority is { } ahead && SuperiorityLow is { } low && SuperiorityHigh is { } high && Seeds > 1
            ? $"{Cells.Number(ahead, 2)} [{Cells.Number(low, 2)}, {Cells.Number(high, 2)}]"
            : Cells.NotRun;

    /// <summary>What would decide an inconclusive comparison, or let one pass a gate, in words; else empty.</summary>
    [CsvIgnore]
    public string NeedText =>
        SamplesNeeded is { } samples
            ? string.Create(CultureInfo.InvariantCulture, $"{samples:N0} test samples with {SeedsNeeded} seeds")
        : SeedsNeeded is { } seeds ? $"{seeds} seeds"
        : Seeds == 1 && Diverged == 0 ? "2 seeds or more"
        : "";

    private static string Points(double share) => Cells.Signed(100 * share, 2);
}
