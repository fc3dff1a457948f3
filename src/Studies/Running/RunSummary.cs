using System.Globalization;
using Reproduction.Evaluation.Records;

namespace Reproduction.Studies.Running;

/// <summary>
/// Describes a run in one line, for logs. The activation and the initial weights tell the untrained networks of
/// different rules apart.
/// </summary>
internal static class RunSummary
{
    /// <summary>Returns the line: what was run, and its result.</summary>
    public static string Line(RunRecord record)
    {
        string result = record.Divergence is { } divergence
            ? $"diverged at step {record.Steps}: {divergence}"
            : string.Join(
                ", ",
                [
                    .. record.Measure(MeasureNames.TestError) is { } error ? [$"normalised error {Error(error)}"]
                    : record.Measure(MeasureNames.TestAccuracy) is { } accuracy ? [$"test accuracy {Percent(accuracy)}"]
                    : Array.Empty<string>(),
                    .. record.Spec.Probes.Select(probe =>
                        $"{probe} probe {Percent(record.Measures[MeasureNames.Probe(probe, "testAccuracy")])}"
                    ),
                ]
            );
        string network = $"{Hidden(record.Spec)} {record.Spec.Activation} {KebabCase.From(record.Spec.Initialization)}";
        return $"{record.Spec.Rule} {network} {record.Spec.DataSet}{TargetsOf(record.Spec)} seed "
            + $"{record.Spec.Seed}: {result} ({Seconds(record.Seconds.Values.Sum())})";
    }

    private static string TargetsOf(RunSpec spec) =>
        spec.Targets switch
        {
            RunSpec.AllTargets => "",
            RunSpec.EachTarget => ", a network for each target",
            _ => $", target {spec.Targets}",
        };

    private static string Hidden(RunSpec spec) => spec.Hidden.Length == 0 ? "none" : string.Join(",", spec.Hidden);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    private static string Error(double error) => string.Create(CultureInfo.InvariantCulture, $"{error:G4}");

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");
}
