using System.Collections.Concurrent;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Numerics;

namespace Reproduction.Evaluation.Store;

/// <summary>
/// Executes many specs. Records that the store has are read; the other specs are run, several at a time, and saved one
/// by one.
/// </summary>
/// <param name="threads">Number of processors to use, ≥ 1. Results do not depend on it.</param>
public sealed class Sweep(RunExecutor executor, RunStore store, int threads)
{
    // A run with more bytes of features than this has the machine to itself.
    private const long LargeRun = 1L << 28;

    /// <summary>
    /// Returns the records in the order of the specs; runs whose rule broke down or refused its network are left out.
    /// </summary>
    /// <param name="data">The data set on which every spec runs.</param>
    /// <param name="advanced">Receives (work done, work in all) as the runs advance; the unit is arbitrary but
    /// fixed.</param>
    /// <param name="finished">Receives each run that was made now, but not the runs that were read, and the number of
    /// runs that the store lacked.</param>
    /// <param name="failed">Receives, at the end, the failures of rules that broke down or refused their network, one
    /// per distinct message. If it is null, the first failure is thrown once all other runs are made.</param>
    /// <exception cref="RuleFailureException">A rule broke down and <paramref name="failed"/> is null.</exception>
    /// <exception cref="SpecificationException">A rule refused its network and <paramref name="failed"/> is
    /// null.</exception>
    public IReadOnlyList<RunRecord> Run(
        IReadOnlyList<RunSpec> specs,
        DataSet data,
        Action<double, double>? advanced = null,
        Action<RunRecord, int>? finished = null,
        Action<Exception>? failed = null,
        CancellationToken cancellation = default
    )
    {
        ConcurrentDictionary<string, RunRecord> records = new(Find(specs, data.Sha256));
        ConcurrentDictionary<string, Exception> failures = [];
        RunSpec[] missing =
        [
            .. specs.DistinctBy(spec => spec.RunId()).Where(spec => !records.ContainsKey(spec.RunId())),
        ];

        if (missing.Length > 0)
        {
            // A run that does not fit is refused before any is made. Nothing of it is stored: another machine may have
            // room for it.
            ILookup<string?, RunSpec> byRefusal = missing.ToLookup(spec =>
                RunMemory.Refusal(spec, data, RunMemory.Budget)
            );
            foreach (string refusal in byRefusal.Select(group => group.Key).OfType<string>())
            {
                failures[refusal] = new SpecificationException(refusal);
            }

            missing = [.. byRefusal[null]];
            double total = missing.Sum(Cost);
            double done = 0;
            Lock progress = new();

            ConcurrentQueue<RunSpec> others = [];
            Each(missing, others.Enqueue);

            // The runs that another process was making when their turn came; most of them are finished by now.
            Each([.. others], null);

            double Cost(RunSpec spec) => RunCost.Of(spec, data);

            // Large runs keep all threads busy and would need much memory in parallel, so they run one after the other.
            // The largest run comes first: the runs left at the end are small, so no processor waits long for the last
            // one.
            void Each(RunSpec[] specs, Action<RunSpec>? putOff)
            {
                foreach (
                    IGrouping<bool, RunSpec> group in specs
                        .OrderByDescending(Cost)
                        .GroupBy(spec => RunMemory.Features(spec, data) > LargeRun)
                        .OrderByDescending(group => group.Key)
                )
                {
                    int concurrent = group.Key
                        ? 1
                        : Math.Min(
                            Math.Min(threads, group.Count()),
                            RunMemory.Concurrent(group, data, RunMemory.Budget)
                        );
                    Parallel.ForEach(
                        Partitioner.Create(group, EnumerablePartitionerOptions.NoBuffering),
                        new ParallelOptions { MaxDegreeOfParallelism = concurrent, CancellationToken = cancellation },
                        spec => Make(spec, concurrent, putOff)
                    );
                }
            }

            // Postpones, if that is possible, a run that another process is making.
            void Make(RunSpec spec, int concurrent, Action<RunSpec>? putOff)
            {
                string id = spec.RunId();
                double own = 0;
                ComputeThreads.Count = Math.Max(1, threads / concurrent);
                RunRecord record;

                // The order matters: a process saves its run before it removes the mark.
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
                catch (Exception failure) when (failure is RuleFailureException or SpecificationException)
                {
                    failures[failure.Message] = failure;
                    store.SaveFailure(spec, data.Sha256, executor.CodeOf(spec), failure.Message);
                    Advance(1);
                    return;
                }

                store.Save(record);
                records[id] = record;

                // Left to itself, the garbage collector lets the features of several large runs pile up.
                if (RunMemory.Features(spec, data) > RunExecutor.FeaturesToCollect)
                {
                    GC.Collect();
                }

                Advance(1);
                finished?.Invoke(record, missing.Length);

                void Advance(double share)
                {
                    // Only the work since this run's last report is new.
                    double work = share * Cost(spec),
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
            Exception failure in failures
                .OrderBy(failure => failure.Key, StringComparer.Ordinal)
                .Select(failure => failure.Value)
        )
        {
            (failed ?? throw failure)(failure);
        }

        return [.. specs.Select(spec => spec.RunId()).Where(records.ContainsKey).Select(id => records[id])];
    }

    /// <summary>Returns the records that the store has, by run id; nothing is run.</summary>
    public Dictionary<string, RunRecord> Find(IReadOnlyList<RunSpec> specs, string dataSetSha256)
    {
        (RunSpec, string)[] runs =
        [
            .. specs.DistinctBy(spec => spec.RunId()).Select(spec => (spec, executor.CodeOf(spec))),
        ];
        return store.Find(runs, dataSetSha256, threads).ToDictionary(record => record.RunId);
    }

    /// <summary>
    /// Returns why runs could not be made, by run id. These runs have no record, but they are not missing either.
    /// </summary>
    public Dictionary<string, string> FindFailures(IReadOnlyList<RunSpec> specs, string dataSetSha256)
    {
        Dictionary<string, string> found = [];
        foreach (RunSpec spec in specs)
        {
            if (store.FindFailure(spec, dataSetSha256, executor.CodeOf(spec)) is { } failure)
            {
                found[spec.RunId()] = failure;
            }
        }

        return found;
    }
}
