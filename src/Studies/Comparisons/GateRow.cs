using System.Globalization;
using CsvHelper;
using Reproduction.Statistics;
using Reproduction.Studies.Results;

[assembly: CsvConverter(typeof(KebabConverter<GateVerdict>))]

namespace Reproduction.Studies.Comparisons;

/// <summary>The verdict on one rule at one width under one probe. Accuracies and differences are shares.</summary>
/// <param name="Seeds">The number of paired seeds.</param>
/// <param name="Difference">Learned less random, mean over seeds.</param>
/// <param name="Low">Lower end of the 95 % bootstrap interval of the difference.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="P">p of the sign-flip test over seeds.</param>
/// <param name="AdjustedP">p adjusted by Holm over the family.</param>
/// <param name="Provisional">1 where the family has too few seeds to show any difference, else 0.</param>
/// <param name="Family">The number of comparisons decided together.</param>
[CsvRecord]
public sealed partial record GateRow(
    string Rule,
    int Width,
    string Probe,
    int Seeds,
    double RuleAccuracy,
    double RandomAccuracy,
    double Difference,
    double Low,
    double High,
    double P,
    double AdjustedP,
    GateVerdict Verdict,
    int Provisional,
    int Family
)
{
    /// <summary>Whether the family has too few seeds to show any difference.</summary>
    [CsvIgnore]
    public bool IsProvisional => Provisional == 1;

    /// <summary>The verdict in words.</summary>
    [CsvIgnore]
    public string VerdictText => GateResult.TextOf(Verdict, IsProvisional);

    /// <summary>The difference in points, with its sign.</summary>
    [CsvIgnore]
    public string DifferenceText => Points(Difference);

    /// <summary>"+1.23 [+1.00, +1.46]", in points.</summary>
    [CsvIgnore]
    public string IntervalText => $"{Points(Difference)} [{Points(Low)}, {Points(High)}]";

    /// <summary>"+1.23 [+1.00, +1.46] beats", in points.</summary>
    [CsvIgnore]
    public string Text => $"{IntervalText} {VerdictText}";

    /// <summary>The row of a decided comparison.</summary>
    public static GateRow Of(string rule, int width, string probe, GateResult result, int family)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new GateRow(
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
            result.Verdict,
            result.IsProvisional ? 1 : 0,
            family
        );
    }

    private static string Points(double share) =>
        (share >= 0 ? "+" : "−") + Math.Abs(100 * share).ToString("F2", CultureInfo.InvariantCulture);
}
