using System.Globalization;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;

namespace Reproduction.Experiments.CompetitiveHebbian;

/// <summary>Probe accuracies as a table of results: one row a run and probe.</summary>
/// <param name="data">As <see cref="Assemble"/> made it.</param>
internal sealed class ProbeTable(ResultTable data)
{
    /// <summary>Columns that only <see cref="PublishedProbe"/>'s validated variant fills are empty elsewhere.</summary>
    private static readonly string[] Columns =
    [
        "rule",
        "condition",
        "width",
        "seed",
        "runId",
        "probe",
        "testAccuracy",
        "testChosenAccuracy",
        "classesNeverPredicted",
        "epochs",
        "converged",
        "live",
        "divergence",
    ];

    private readonly ILookup<(string Rule, string Condition, string Width, string Probe), string[]> rows =
        data.Rows.ToLookup(row =>
            (data.Text(row, "rule"), data.Text(row, "condition"), data.Text(row, "width"), data.Text(row, "probe"))
        );

    /// <summary>The rows behind the queries.</summary>
    public ResultTable Table => data;

    /// <summary>A condition's name for the arm of a run.</summary>
    public static string ArmOf(RunRecord record) =>
        record.Spec.Normalization == Network.Normalization.Layer
            ? KebabCase.From(Arm.LayerNormalized)
            : KebabCase.From(
                record.Spec.Pixels == Reproduction.Data.PixelScaling.Own
                && !PublishedProtocol.HasMnistScaling(record.Spec.DataSet)
                    ? Arm.Corrected
                    : Arm.Published
            );

    /// <summary>
    /// The name of an arm in results on a data set: where they are the same networks, the corrected arm is the
    /// published one.
    /// </summary>
    public static string ConditionOf(Arm arm, string dataSet) =>
        KebabCase.From(arm == Arm.Corrected && PublishedProtocol.HasMnistScaling(dataSet) ? Arm.Published : arm);

    /// <param name="condition">What a run's rows are told apart by beside rule, width and seed.</param>
    public static ResultTable Assemble(string name, IReadOnlyList<RunRecord> records, Func<RunRecord, string> condition)
    {
        ResultTable table = new(name, Columns);
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            foreach (string probe in record.Spec.Probes)
            {
                double? Measure(string measure) => record.Measure(MeasureNames.Probe(probe, measure));
                table.Add(
                    RuleName(record),
                    condition(record),
                    record.Spec.Hidden.FirstOrDefault(),
                    record.Spec.Seed,
                    record.RunId,
                    probe,
                    Measure("testAccuracy"),
                    Measure("testChosenAccuracy"),
                    Measure("classesNeverPredicted"),
                    Measure("epochs"),
                    Measure("converged"),
                    record.Measure(MeasureNames.Neurons("live")),
                    record.Divergence
                );
            }
        }

        return table;
    }

    /// <summary>The paper's name for a run's rule on its units.</summary>
    public static string RuleName(RunRecord record) =>
        PublishedProtocol
            .Rules.Append(PublishedProtocol.OwnTriangle)
            .Append(PublishedProtocol.RandomTriangle)
            .FirstOrDefault(rule => rule.Id == record.Spec.Rule && rule.Activation == record.Spec.Activation)
            ?.Name
        ?? record.Spec.Rule;

    /// <summary>A column's values, one a seed in their order; null where a run diverged or has no such value.</summary>
    public IReadOnlyList<double?> Values(string rule, string condition, int width, string probe, string column) =>
        [
            .. rows[(rule, condition, width.ToString(CultureInfo.InvariantCulture), probe)]
                .OrderBy(row => data.Number(row, "seed"))
                .Select(row => data.Number(row, column)),
        ];

    /// <summary>
    /// What each seed that came to its end gained from one condition and probe to another, in points of accuracy; seeds
    /// without a partner are left out.
    /// </summary>
    public static IReadOnlyDictionary<long, double> Gains(
        IReadOnlyDictionary<long, double> from,
        IReadOnlyDictionary<long, double> to
    ) =>
        to.Where(pair => from.ContainsKey(pair.Key))
            .ToDictionary(pair => pair.Key, pair => pair.Value - from[pair.Key]);

    /// <summary>A column of the seeds that came to their end; by default accuracies in %.</summary>
    /// <param name="scale">What the values are multiplied with.</param>
    public IReadOnlyDictionary<long, double> BySeed(
        string rule,
        string condition,
        int width,
        string probe,
        string column = "testAccuracy",
        double scale = 100
    ) =>
        rows[(rule, condition, width.ToString(CultureInfo.InvariantCulture), probe)]
            .Where(row => data.Number(row, column) is not null)
            .ToDictionary(row => (long)data.Number(row, "seed")!.Value, row => scale * data.Number(row, column)!.Value);

    /// <summary>Accuracies in %.</summary>
    public IReadOnlyList<double?> Accuracies(string rule, string condition, int width, string probe) =>
        [.. Values(rule, condition, width, probe, "testAccuracy").Select(value => 100 * value)];

    /// <summary>The widths at hand, ascending.</summary>
    public IReadOnlyList<int> Widths =>
        [.. data.Rows.Select(row => (int)data.Number(row, "width")!.Value).Distinct().Order()];
}
