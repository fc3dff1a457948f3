using System.Collections.Concurrent;
using Reproduction.Data;
using Reproduction.Numerics;

namespace Reproduction.Evaluation;

/// <summary>Carries out many specs: those that the store has are read, the others run, several at a time, and kept one by one.</summary>
/// <param name="threads">Processors to use, ≥ 1. Results do not depend on it.</param>
public sealed class Sweep(RunExecutor executor, RunStore store, int threads)
{
    /// <summary>Returns the records in the order of the specs.</summary>
    /// <param name="data">What every spec runs on.</param>
    /// <param name="started">Told of each run that is about to start.</param>
    /// <param name="advanced">Told (runs' work done, in all) as it goes on; the unit is arbitrary but fixed.</param>
    /// <param name="finished">Told of each run that was just made, not of those read.</param>
    public IReadOnlyList<RunRecord> Run(
        IReadOnlyList<RunSpec> specs, DataSet data, Action<RunSpec>? started = null, Action<double, double>? advanced = null,
        Action<RunRecord>? finished = null, CancellationToken cancellation = default)
    {
        ConcurrentDictionary<string, RunRecord> records = [];
        List<RunSpec> missing = [];
        foreach (RunSpec spec in specs.DistinctBy(spec => spec.RunId()))
        {
            if (store.Find(spec, data.Sha256) is { } record)
            {
                records[record.RunId] = record;
            }
            else
            {
                missing.Add(spec);
            }
        }

        if (missing.Count > 0)
        {
            store.RequireWritable();
            double total = missing.Sum(Work);
            ConcurrentDictionary<string, double> done = [];
            int concurrent = Math.Min(threads, missing.Count);

            // The largest first: what is left at the end is small, so that no processor waits long for the last run.
            Parallel.ForEach(
                Partitioner.Create(missing.OrderByDescending(Work), EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = concurrent, CancellationToken = cancellation },
                spec =>
                {
                    string id = spec.RunId();
                    ComputeThreads.Count = Math.Max(1, threads / concurrent);
                    started?.Invoke(spec);
                    RunRecord record = executor.Execute(spec, data, share => Advance(share), cancellation);
                    store.Save(record);
                    records[id] = record;
                    Advance(1);
                    finished?.Invoke(record);

                    void Advance(double share)
                    {
                        done[id] = share * Work(spec);
                        advanced?.Invoke(done.Values.Sum(), total);
                    }
                });
        }

        return [.. specs.Select(spec => records[spec.RunId()])];
    }

    /// <summary>A rough share of the time a run takes: a constant part for what every width costs, and one that grows with it.</summary>
    private static double Work(RunSpec spec) => (spec.Epochs + spec.Probes.Length) * (300.0 + spec.Hidden.Sum());
}
