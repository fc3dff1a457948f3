using Reproduction.Evaluation.Records;
using Reproduction.Studies.Results;

namespace Reproduction.Studies;

/// <summary>Makes tables of results of experiments whose arms have a name each.</summary>
public static class ArmTables
{
    /// <summary>A row a run: its arm, what decides it, how it ended, and some measures.</summary>
    /// <param name="armOf">The name of the arm that a run belongs to.</param>
    /// <param name="measures">Of the runs' records, with the columns they go to.</param>
    public static ResultTable Runs(
        string name,
        IEnumerable<RunRecord> records,
        Func<RunSpec, string> armOf,
        params (string Column, string Measure)[] measures
    )
    {
        ResultTable table = new(
            name,
            [
                "arm",
                "rule",
                "hidden",
                "activation",
                "optimizer",
                "learningRate",
                "epochs",
                "batch",
                "limit",
                "options",
                "seed",
                "runId",
                "status",
                "steps",
                .. measures.Select(measure => measure.Column),
            ]
        );
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            RunSpec spec = record.Spec;
            table.Add([
                armOf(spec),
                spec.Rule,
                string.Join(' ', spec.Hidden),
                spec.Activation,
                KebabCase.From(spec.Optimizer),
                spec.LearningRate,
                spec.Epochs,
                spec.Batch,
                spec.Limit,
                string.Join(' ', spec.RuleOptions.Select(option => $"{option.Key}={option.Value}")),
                spec.Seed,
                record.RunId,
                RunStatus.Of(record),
                record.Steps,
                .. measures.Select(measure => (object?)record.Measure(measure.Measure)),
            ]);
        }

        return table;
    }

    /// <summary>A row a run and measure, of the measures with some prefix, which is left out.</summary>
    public static ResultTable Measures(
        string name,
        IEnumerable<RunRecord> records,
        Func<RunSpec, string> armOf,
        string prefix
    )
    {
        ResultTable table = new(name, ["arm", "seed", "measure", "value"]);
        foreach (RunRecord record in records.DistinctBy(record => record.RunId))
        {
            foreach (
                (string measure, double value) in record.Measures.Where(measure =>
                    measure.Key.StartsWith(prefix, StringComparison.Ordinal)
                )
            )
            {
                table.Add(armOf(record.Spec), record.Spec.Seed, measure[prefix.Length..], value);
            }
        }

        return table;
    }

    /// <summary>A row a run, curve and step, of runs that came to their end.</summary>
    public static ResultTable Curves(
        string name,
        IEnumerable<RunRecord> records,
        Func<RunSpec, string> armOf,
        params string[] curves
    )
    {
        ResultTable table = new(name, ["arm", "seed", "curve", "step", "value"]);
        foreach (
            RunRecord record in records.Where(record => record.Divergence is null).DistinctBy(record => record.RunId)
        )
        {
            foreach (string curve in curves.Where(record.Curves.ContainsKey))
            {
                foreach ((int step, double value) in record.Curves[curve].Steps.Zip(record.Curves[curve].Values))
                {
                    table.Add(armOf(record.Spec), record.Spec.Seed, curve, step, value);
                }
            }
        }

        return table;
    }
}
