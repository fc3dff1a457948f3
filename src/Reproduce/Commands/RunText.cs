using System.Globalization;
using System.Text.Json.Nodes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.CommandLine.Commands;

/// <summary>Describes a run in words and in JSON.</summary>
internal static class RunText
{
    // More notes of a rule than this would not make a readable line.
    private const int MostNotes = 8;

    /// <summary>Describes one run in several lines.</summary>
    public static IEnumerable<string> Lines(RunRecord record)
    {
        RunSpec spec = record.Spec;
        yield return $"run       {record.RunId}: {spec.Rule} on {spec.DataSet}{TargetsOf(spec)}, hidden "
            + $"{Hidden(spec)}, seed {spec.Seed}";
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"training  {spec.Epochs} epoch(s) of batch {spec.Batch}, {Optimizer(spec)}{Schedule(spec)}, "
                + $"{record.Steps} steps"
        );
        if (spec.Fold.Length > 0 && record.Measure(MeasureNames.ValidationAccuracy) is { } held)
        {
            yield return $"fold      {spec.Fold}: {Percent(held)} validation accuracy";
        }

        if (spec.Fold.Length > 0 && record.Measure(MeasureNames.ValidationError) is { } missed)
        {
            yield return $"fold      {spec.Fold}: {Error(missed)} normalised validation error";
        }

        if (record.Measure(MeasureNames.TestAccuracy) is { } accuracy)
        {
            yield return $"network   {Percent(accuracy)} test accuracy";
        }

        if (record.Measure(MeasureNames.TestError) is { } error)
        {
            string prefix = MeasureNames.TestErrorOf("");
            string each = string.Join(
                ", ",
                record
                    .Measures.Where(measure => measure.Key.StartsWith(prefix, StringComparison.Ordinal))
                    .Select(measure => $"{measure.Key[prefix.Length..]} {Error(measure.Value)}")
            );
            yield return $"network   {Error(error)} normalised test error (mean squared error over variance; 1 is what "
                + $"the mean alone would have){(each.Length > 0 ? $": {each}" : "")}";
        }

        if (
            spec.Probes.Length == 0
            && record.Measure(MeasureNames.TestAccuracy) is null
            && record.Measure(MeasureNames.TestError) is null
        )
        {
            yield return "network   nothing to score: the rule teaches its output nothing, and no probe reads its "
                + "features";
        }

        foreach (string line in DiagnosticLines(record))
        {
            yield return line;
        }

        string notes = MeasureNames.Note("");
        string[] noted =
        [
            .. record
                .Measures.Where(measure => measure.Key.StartsWith(notes, StringComparison.Ordinal))
                .Select(measure =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{measure.Key[notes.Length..]} {End(record, measure.Key) ?? measure.Value:G4}"
                    )
                ),
        ];
        if (noted.Length > 0)
        {
            yield return noted.Length <= MostNotes
                ? $"notes     at the end: {string.Join(", ", noted)}"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"notes     {noted.Length} numbers, in the run's file under measures and curves, from "
                        + $"{noted[0]} to {noted[^1]}"
                );
        }

        foreach (string probe in spec.ProbeNames())
        {
            double missing = record.Measures[MeasureNames.Probe(probe, "classesNeverPredicted")];
            string failed =
                missing > 0
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"; {missing} class(es) never predicted: the probe failed"
                    )
                    : "";
            yield return $"probe     {probe}: {Percent(record.Measures[MeasureNames.Probe(probe, "testAccuracy")])} "
                + $"test accuracy{failed}";
        }

        foreach (string layer in GiniLayers(record))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"gini      {layer}: {record.Measures[MeasureNames.Gini(layer, "start")]:F2} after "
                    + $"{Math.Min(record.Steps, StepGiniObserver.StartStep)} steps, "
                    + $"{record.Measures[MeasureNames.Gini(layer, "end")]:F2} at the end"
            );
        }

        yield return "time      "
            + $"{string.Join(", ", record.Seconds.Select(phase => $"{phase.Key} {Seconds(phase.Value)}"))}";
    }

    /// <summary>Describes one run as a JSON object for programs; accuracies are fractions.</summary>
    public static JsonObject Json(RunRecord record)
    {
        RunSpec spec = record.Spec;
        JsonObject probes = [];
        foreach (string probe in spec.ProbeNames())
        {
            JsonObject measures = [];
            string prefix = MeasureNames.Probe(probe, "");
            JsonArray predicted = [];
            foreach (
                (string name, double value) in record.Measures.Where(measure =>
                    measure.Key.StartsWith(prefix, StringComparison.Ordinal)
                )
            )
            {
                if (name.StartsWith(prefix + "predicted.", StringComparison.Ordinal))
                {
                    predicted.Add(value);
                }
                else
                {
                    measures[name[prefix.Length..]] = value;
                }
            }

            measures["predictedCounts"] = predicted;
            probes[probe] = measures;
        }

        double probeSeconds = record.Seconds.Where(phase => phase.Key != "train").Sum(phase => phase.Value);
        JsonObject ginis = new()
        {
            ["start"] = Gini(record, "hidden1", "start"),
            ["end"] = Gini(record, "hidden1", "end"),
        };
        foreach (string layer in GiniLayers(record).Where(layer => layer != "hidden1"))
        {
            ginis[layer] = new JsonObject
            {
                ["start"] = Gini(record, layer, "start"),
                ["end"] = Gini(record, layer, "end"),
            };
        }

        return new JsonObject
        {
            ["rule"] = spec.Rule,
            ["dataset"] = spec.DataSet,
            ["dataSetSha256"] = record.DataSetSha256,
            ["hidden"] = new JsonArray([.. spec.Hidden.Select(width => (JsonNode)width)]),
            ["seed"] = spec.Seed,
            ["runId"] = record.RunId,
            ["steps"] = record.Steps,
            ["validationAccuracy"] = record.Measure(MeasureNames.ValidationAccuracy),
            ["validationError"] = record.Measure(MeasureNames.ValidationError),
            ["testAccuracy"] = record.Measure(MeasureNames.TestAccuracy),
            ["testNmse"] = record.Measure(MeasureNames.TestError),
            ["diagnostics"] = Diagnostics(record),
            ["probes"] = probes,
            ["gini"] = ginis,
            ["notes"] = Notes(record),
            ["seconds"] = new JsonObject
            {
                ["train"] = record.Seconds.GetValueOrDefault("train"),
                ["probe"] = probeSeconds,
            },
            ["spec"] = JsonNode.Parse(spec.ToJson()),
        };
    }

    /// <summary>Describes the diagnostics from their first to their last value, one line per layer.</summary>
    private static IEnumerable<string> DiagnosticLines(RunRecord record)
    {
        int layers = record.Spec.Hidden.Length + 1;
        for (int l = 0; l < layers; l++)
        {
            string layer = MeasureNames.Layer(l, layers);
            (string Name, string Curve)[] looks =
            [
                ("cosine to backprop", MeasureNames.Alignment(layer, "cosine")),
                ("signs as backprop", MeasureNames.Alignment(layer, "sign")),
                ("coherent units", MeasureNames.Coherence(layer, "unit")),
                ("coherent edges", MeasureNames.Coherence(layer, "edge")),
                ("activation", MeasureNames.Activation(layer)),
            ];
            string[] parts =
            [
                .. from look in looks
                where record.Curves.ContainsKey(look.Curve)
                let values = record.Curves[look.Curve].Values
                select string.Create(CultureInfo.InvariantCulture, $"{look.Name} {values[0]:G3}")
                    + (values.Length > 1 ? string.Create(CultureInfo.InvariantCulture, $" → {values[^1]:G3}") : ""),
            ];
            if (parts.Length > 0)
            {
                yield return $"{layer, -9} {string.Join(", ", parts)}";
            }
        }
    }

    /// <summary>Returns the whole curves of <see cref="DiagnosticLines"/>; null if there are no diagnostics.</summary>
    private static JsonObject? Diagnostics(RunRecord record)
    {
        JsonObject curves = [];
        foreach (
            (string name, Series curve) in record.Curves.Where(curve =>
                record.Spec.Diagnostics > 0 && IsDiagnostic(curve.Key)
            )
        )
        {
            curves[name] = new JsonObject
            {
                ["steps"] = new JsonArray([.. curve.Steps.Select(step => (JsonNode)step)]),
                ["values"] = new JsonArray([.. curve.Values.Select(value => (JsonNode)value)]),
            };
        }

        return curves.Count > 0 ? curves : null;
    }

    private static bool IsDiagnostic(string curve) =>
        curve.Split('.')[0]
            is "alignment"
                or "coherence"
                or "activation"
                or MeasureNames.ValidationError
                or MeasureNames.ValidationAccuracy;

    /// <summary>Names the layers with a Gini curve, which are those that learned.</summary>
    private static IEnumerable<string> GiniLayers(RunRecord record)
    {
        string prefix = MeasureNames.Gini("");
        return record
            .Curves.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(name => name[prefix.Length..]);
    }

    /// <summary>The last value of a curve; null if there is none.</summary>
    private static double? End(RunRecord record, string curve) =>
        record.Curves.TryGetValue(curve, out Series? values) && values.Values.Length > 0 ? values.Values[^1] : null;

    /// <summary>What the rule noted about its batches: the mean over all steps, and the end of the curve.</summary>
    private static JsonObject Notes(RunRecord record)
    {
        string prefix = MeasureNames.Note("");
        JsonObject notes = [];
        foreach (
            (string name, double mean) in record.Measures.Where(measure =>
                measure.Key.StartsWith(prefix, StringComparison.Ordinal)
            )
        )
        {
            notes[name[prefix.Length..]] = new JsonObject { ["mean"] = mean, ["end"] = End(record, name) ?? mean };
        }

        return notes;
    }

    private static JsonNode? Gini(RunRecord record, string layer, string moment) =>
        record.Measure(MeasureNames.Gini(layer, moment));

    private static string TargetsOf(RunSpec spec) =>
        spec.Targets switch
        {
            RunSpec.AllTargets => "",
            RunSpec.EachTarget => ", a network for each target",
            _ => $", target {spec.Targets}",
        };

    private static string Optimizer(RunSpec spec)
    {
        string rate = RunJson.Number(spec.LearningRate);
        return spec.Rule.Contains('=', StringComparison.Ordinal)
            ? $"optimizers and learning rates of the parts, times {rate}"
            : $"{KebabCase.From(spec.Optimizer)}, learning rate {rate}";
    }

    private static string Schedule(RunSpec spec) =>
        (spec.Schedule == RunSpec.ConstantSchedule ? "" : $" ({spec.Schedule})")
        + (spec.Layerwise ? ", layer by layer" : "");

    private static string Hidden(RunSpec spec) => spec.Hidden.Length == 0 ? "none" : string.Join(",", spec.Hidden);

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:F2} %");

    private static string Error(double error) => string.Create(CultureInfo.InvariantCulture, $"{error:G4}");

    private static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");
}
