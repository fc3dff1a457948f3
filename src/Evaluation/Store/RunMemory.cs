using System.Globalization;
using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Store;

/// <summary>
/// A rough estimate of the memory that a run needs, from its spec and its data set, so that a run that cannot fit is
/// refused before it starts.
/// </summary>
public static class RunMemory
{
    // Fitted to the largest resident sizes of ten runs on MNIST: from 5 % below them to 24 % above.
    private const double Slack = 1.1;
    private const double Program = 120e6;
    private const double CopiesOfData = 2;

    // Weights, proposal, and what the optimizer and the rule keep.
    private const double CopiesOfParameters = 6;

    // Bytes for each pair of features: a matrix in double precision and its factor, and copies while it is minimised.
    private const double RidgeBytes = 16;
    private const double SoftmaxBytes = 80;

    private const double Giga = 1e9;

    /// <summary>
    /// The bytes that all runs of this process may take together: half of what the machine has unless set.
    /// </summary>
    public static long Budget { get; set; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Returns the bytes that a process with this run alone needs, &gt; 0.</summary>
    public static long Of(RunSpec spec, DataSet data) =>
        (long)(Slack * (Program + (CopiesOfData * Inputs(data)) + Own(spec, data)));

    /// <summary>Returns how many runs like the largest of these fit into a budget at once; at least 1.</summary>
    /// <param name="budget">Bytes.</param>
    public static int Concurrent(IEnumerable<RunSpec> specs, DataSet data, long budget)
    {
        double left = (budget / Slack) - Program - (CopiesOfData * Inputs(data));
        return (int)Math.Clamp(left / specs.Max(spec => Own(spec, data)), 1, int.MaxValue);
    }

    /// <summary>Says why a run does not fit into a budget, and what to do; null if it fits.</summary>
    /// <param name="budget">Bytes.</param>
    public static string? Refusal(RunSpec spec, DataSet data, long budget)
    {
        long needed = Of(spec, data);
        return needed <= budget
            ? null
            : $"--hidden {(spec.Hidden.Length > 0 ? string.Join(",", spec.Hidden) : "none")}: this run needs about "
                + $"{Gigabytes(needed, up: true)} GB, of which its features take {Gigabytes(Features(spec, data))}, "
                + $"and --memory allows {Gigabytes(budget)} GB; take fewer units, fewer samples (--limit) or --memory "
                + $"{Gigabytes(needed, up: true)}GB";
    }

    /// <summary>Refuses a run that does not fit into <see cref="Budget"/> alone.</summary>
    /// <exception cref="SpecificationException">It does not fit.</exception>
    public static void Require(RunSpec spec, DataSet data)
    {
        if (Refusal(spec, data, Budget) is { } refusal)
        {
            throw new SpecificationException(refusal);
        }
    }

    private static double Inputs(DataSet data) =>
        (double)(data.Training.Examples.Count + data.Test.Examples.Count) * data.Features * sizeof(float);

    /// <summary>What a run needs beside the program and the data.</summary>
    private static double Own(RunSpec spec, DataSet data)
    {
        int[] layers = [data.Features, .. spec.Hidden, data.Targets.Count];
        double parameters = layers.Zip(layers.Skip(1), (inputs, units) => (double)inputs * units).Sum(),
            width = Width(spec, data),
            workspace = spec.Probes.Contains("softmax") ? SoftmaxBytes
            : spec.Probes.Contains("ridge") ? RidgeBytes
            : 0;
        return Features(spec, data)
            + (workspace * width * width)
            + (CopiesOfParameters * sizeof(float) * parameters * Networks(spec, data));
    }

    /// <summary>
    /// Returns the bytes of the features that are probed. Without a hidden layer they are the data themselves, and
    /// count as 0.
    /// </summary>
    internal static double Features(RunSpec spec, DataSet data)
    {
        int available = data.Training.Examples.Count,
            samples = spec.Limit > 0 ? Math.Min(spec.Limit, available) : available;
        return spec.Probes.Length == 0 || spec.Hidden.Length == 0
            ? 0
            : (samples + data.Test.Examples.Count) * Width(spec, data) * sizeof(float);
    }

    /// <summary>At most as many features as the widest layer has units.</summary>
    private static double Width(RunSpec spec, DataSet data) =>
        (spec.Hidden.Length == 0 ? data.Features : (double)spec.Hidden.Max()) * Networks(spec, data);

    private static int Networks(RunSpec spec, DataSet data) =>
        spec.Targets == RunSpec.EachTarget ? data.Targets.Count : 1;

    private static string Gigabytes(double bytes, bool up = false)
    {
        double tenths = bytes / Giga * 10;
        return ((up ? Math.Ceiling(tenths) : Math.Floor(tenths)) / 10).ToString("F1", CultureInfo.InvariantCulture);
    }
}
