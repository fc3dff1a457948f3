using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Store;

namespace Reproduction.CommandLine.Bench;

/// <summary>Times one epoch and the probes of a rule, just as a run performs them. Nothing is stored.</summary>
internal static class RuleBenchmark
{
    private const int WarmUpSamples = 3000;
    private const int MostEpochs = 3;

    /// <summary>
    /// Times one rule at one width with the rule's own defaults, except that it trains for one epoch.
    /// </summary>
    public static RuleSpeed Run(
        RuleCatalog rules,
        string rule,
        int width,
        DataSet data,
        IReadOnlyList<string> probes,
        int limit,
        CancellationToken cancellation
    )
    {
        RunExecutor executor = new(rules);
        RunSpec spec = rules[rule].Spec(data.Id, [width], 1, probes) with { Epochs = 1, Limit = limit };
        RunMemory.Require(spec, data);

        // A small run comes first, so that the times do not include the compilation of the code.
        executor.Execute(
            spec with
            {
                Limit = limit == 0 ? WarmUpSamples : Math.Min(WarmUpSamples, limit),
            },
            data,
            cancellation: cancellation
        );
        RunRecord record = executor.Execute(spec, data, cancellation: cancellation);
        if (record.Divergence is { } divergence)
        {
            throw new ResultsException(
                $"{rule} at {width} units diverged at step {record.Steps}: {divergence}; there is no "
                    + "whole epoch to time"
            );
        }

        Dictionary<string, double> Of(Func<string, double?> value) =>
            probes.Where(probe => value(probe) is not null).ToDictionary(probe => probe, probe => value(probe)!.Value);
        return new RuleSpeed(
            rule,
            width,
            record.Seconds["train"],
            StepBytes(executor, spec, data),
            Of(probe => record.Seconds.TryGetValue($"probe.{probe}", out double seconds) ? seconds : null),
            Of(probe => record.Measure(MeasureNames.Probe(probe, "epochs")))
        );
    }

    /// <summary>
    /// What a step of training allocates: the difference of two trainings, of one epoch and of three on few samples,
    /// over the steps that the longer one takes more. What either needs once cancels out.
    /// </summary>
    private static double StepBytes(RunExecutor executor, RunSpec spec, DataSet data)
    {
        (long Bytes, int Steps) Train(int epochs)
        {
            RunSpec few = spec with { Probes = [], Limit = WarmUpSamples, Epochs = epochs };
            long before = GC.GetTotalAllocatedBytes(precise: true);
            int steps = executor.Execute(few, data).Steps;
            return (GC.GetTotalAllocatedBytes(precise: true) - before, steps);
        }

        (long Bytes, int Steps) one = Train(1),
            more = Train(MostEpochs);
        return Math.Max(0, more.Bytes - one.Bytes) / (double)Math.Max(1, more.Steps - one.Steps);
    }
}
