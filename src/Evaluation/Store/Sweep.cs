using System.Collections.Concurrent;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Store;

/// <summary>
/// Carries out many specs: those that the store has are read, the others run, several at a time, and kept one by one.
/// </summary>
/// <param name="threads">Processors to use, ≥ 1. Results do not depend on it.</param>
public sealed class Sweep(RunExecutor executor, RunStore store, int threads)
{
    // Bytes of features above which a run has the machine to itself.
    private const long LargeRun = 1L << 28;

    /// <summary>Returns the records in the order of the specs; those whose rule broke down are left out.</summary>
    /// <param name="data">What every spec runs on.</param>
    /// <param name="advanced">Told (runs' work done, in all) as it goes on; the unit is arbitrary but fixed.</param>
    /// <param name="finished">Told of each run that was just made, not of those read.</param>
    /// <param name="failed">Told, at the end, of each rule that broke down or refused its network, once a message.
    /// Without it the first is thrown, when all other runs are made.</param>
    /// <exception cref="RuleFaultException">A rule broke down and there is nobody to tell.</exception>
    /// <exception cref="SpecificationException">A rule refused its network and there is nobody to tell.</exception>
    public IReadOnlyList<RunRecord> Run(
        IReadOnlyList<RunSpec> specs,
        DataSet data,
        Action<double, double>? advanced = null,
        Action<RunRecord>? finished = null,
        Action<Exception>? failed = null,
        CancellationToken cancellation = default
    )
    {
        ConcurrentDictionary<string, RunRecord> records = new(Find(specs, data.Sha256));
        ConcurrentDictionary<string, Exception> faults = [];
        RunSpec[] missing =
        [
            .. specs.DistinctBy(spec => spec.RunId()).Where(spec => !records.ContainsKey(spec.RunId())),
        ];

        if (missing.Length > 0)
        {
            double total = missing.Sum(Work);
            double done = 0;
            Lock progress = new();

            ConcurrentQueue<RunSpec> others = [];
            Each(missing, others.Enqueue);

            // What another process was at when it was their turn: most of it is there by now.
            Each([.. others], null);

            // Large runs have work for all threads and would need much memory side by side: one after the other. The
            // largest first: what is left at the end is
            // small, so that no processor waits long for the last run.
            void Each(RunSpec[] specs, Action<RunSpec>? putOff)
            {
                foreach (
                    IGrouping<bool, RunSpec> group in specs
                        .OrderByDescending(Work)
                        .GroupBy(spec => FeatureBytes(spec, data) > LargeRun)
                        .OrderByDescending(group => group.Key)
                )
                {
                    int concurrent = group.Key
                        ? 1
                        : Math.Min(Math.Min(threads, group.Count()), RunsThatFit(group, data));
                    Parallel.ForEach(
                        Partitioner.Create(group, EnumerablePartitionerOptions.NoBuffering),
                        new ParallelOptions { MaxDegreeOfParallelism = concurrent, CancellationToken = cancellation },
                        spec => Make(spec, concurrent, putOff)
                    );
                }
            }

            // Puts off, if it can, what another process is making.
            void Make(RunSpec spec, int concurrent, Action<RunSpec>? putOff)
            {
                string id = spec.RunId();
                double own = 0;
                ComputeThreads.Count = Math.Max(1, threads / concurrent);
                RunRecord record;

                // In this order: who makes it saves it before the mark goes.
                if (putOff is not null && store.IsMarked(spec))
                {
                    putOff(spec);
                    return;
                }

                if (store.Look(spec, data.Sha256, executor.CodeOf(spec)).Record is { } other)
                {
                    // Another process has made it in the meantime.
                    records[id] = other;
                    Advance(1);
                    return;
                }

                using RunMark mark = store.Mark(spec);
                try
                {
                    record = executor.Execute(spec, data, Advance, cancellation);
                }
                catch (Exception fault) when (fault is RuleFaultException or SpecificationException)
                {
                    faults[fault.Message] = fault;
                    store.SaveFault(spec, data.Sha256, executor.CodeOf(spec), fault.Message);
                    Advance(1);
                    return;
                }

                store.Save(record);
                records[id] = record;

                // Features of wide layers are hundreds of megabytes; left to itself the collector lets several runs'
                // pile up.
                GC.Collect();
                Advance(1);
                finished?.Invoke(record);

                void Advance(double share)
                {
                    // What this run has done since it was last told is new.
                    double work = share * Work(spec),
                        sum;
                    lock (progress)
                    {
                        sum = done += work - own;
                    }

                    own = work;
                    advanced?.Invoke(sum, total);
                }
            }
        }

        foreach (
            Exception fault in faults.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => fault.Value)
        )
        {
            (failed ?? throw fault)(fault);
        }

        return [.. specs.Select(spec => spec.RunId()).Where(records.ContainsKey).Select(id => records[id])];
    }

    /// <summary>The records that are there, by run id; nothing is run.</summary>
    public Dictionary<string, RunRecord> Find(IReadOnlyList<RunSpec> specs, string dataSetSha256)
    {
        (RunSpec, string)[] runs =
        [
            .. specs.DistinctBy(spec => spec.RunId()).Select(spec => (spec, executor.CodeOf(spec))),
        ];
        return store.Find(runs, dataSetSha256, threads).ToDictionary(record => record.RunId);
    }

    /// <summary>Why runs could not be made that are neither there nor missing, by run id.</summary>
    public Dictionary<string, string> FindFaults(IReadOnlyList<RunSpec> specs, string dataSetSha256)
    {
        Dictionary<string, string> found = [];
        foreach (RunSpec spec in specs)
        {
            if (store.FindFault(spec, dataSetSha256, executor.CodeOf(spec)) is { } fault)
            {
                found[spec.RunId()] = fault;
            }
        }

        return found;
    }

    /// <summary>
    /// How many of the largest runs fit into a quarter of the memory at once, with as much again for the copies that
    /// probes make.
    /// </summary>
    private static int RunsThatFit(IEnumerable<RunSpec> specs, DataSet data) =>
        (int)
            Math.Clamp(
                GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 / specs.Max(spec => FeatureBytes(spec, data)),
                1,
                int.MaxValue
            );

    /// <summary>Nearly all that a run takes are its features, at most as many as its widest layer has units.</summary>
    private static long FeatureBytes(RunSpec spec, DataSet data) =>
        (long)(data.Training.Examples.Count + data.Test.Examples.Count)
        * (spec.Hidden.Length == 0 ? data.Features : spec.Hidden.Max())
        * (spec.Targets == RunSpec.EachTarget ? data.Targets.Count : 1)
        * sizeof(float);

    /// <summary>
    /// A rough share of the time a run takes: a constant part for what every width costs, and one that grows with it.
    /// </summary>
    public static double Work(RunSpec spec) =>
        ((spec.Epochs * (spec.Targets == RunSpec.EachTarget ? 10 : 1)) + spec.Probes.Length)
        * (300.0 + spec.Hidden.Sum());
}
