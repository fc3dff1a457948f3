using Reproduction.Data;
using Reproduction.Evaluation.Records;

namespace Reproduction.Evaluation.Store;

/// <summary>
/// A rough estimate of the time that a run takes, from its spec alone, for progress, for the order of runs and for
/// shards of equal work. It knows nothing of what a rule computes beside the products of every rule.
/// </summary>
public static class RunCost
{
    // The costs beside the products of matrices, in multiply-adds. Fitted to the times of the 683 runs of
    // the quick profile on the embedded digits, where the largest runs take a thousand times as long as the smallest.
    private const double EachRun = 4e8;
    private const double EachStep = 3e5;
    private const double EachDiagnosis = 1000;
    private const double SoftmaxPasses = 400;
    private const double PublishedPasses = 16;

    // MNIST's, where the data set is not at hand. Only ratios of costs matter.
    private const int NominalSamples = 60_000;
    private const int NominalFeatures = 784;

    /// <summary>Returns the cost of a run in multiply-adds of MNIST's size, &gt; 0.</summary>
    public static double Of(RunSpec spec) => Of(spec, NominalSamples, NominalFeatures);

    /// <summary>Returns the cost of a run on a data set in multiply-adds, &gt; 0.</summary>
    public static double Of(RunSpec spec, DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Of(spec, data.Training.Examples.Count, data.Features);
    }

    private static double Of(RunSpec spec, int available, int features)
    {
        ArgumentNullException.ThrowIfNull(spec);
        const int outputs = 10;
        int[] layers = [features, .. spec.Hidden, outputs];
        double networks = spec.Targets == RunSpec.EachTarget ? outputs : 1,
            samples = spec.Limit > 0 ? Math.Min(spec.Limit, available) : available,
            connections = layers.Zip(layers.Skip(1), (inputs, units) => (double)inputs * units).Sum(),
            batch = spec.Batch > 0 ? Math.Min(spec.Batch, samples) : samples,
            steps = spec.Epochs * Math.Ceiling(samples / batch);

        // A forward pass, and two products of its size for what is proposed and what is sent down.
        double training = (3 * spec.Epochs * samples * connections) + (steps * EachStep);
        double diagnoses =
            spec.Diagnostics > 0 ? 3 * EachDiagnosis * connections * Math.Ceiling(steps / spec.Diagnostics) : 0;
        double reading = spec.Probes.Length > 0 ? samples * connections : 0;
        IEnumerable<double> probing =
            from probed in spec.ProbedLayerCounts()
            from probe in spec.Probes
            select Probe(probe, samples, networks * layers[probed], outputs);
        return EachRun + (networks * (training + diagnoses + reading)) + probing.Sum();
    }

    private static double Probe(string name, double samples, double units, double outputs) =>
        name switch
        {
            "ridge" => (samples * units * units) + Math.Pow(units, 3),
            "softmax" => SoftmaxPasses * samples * units * outputs,
            _ => PublishedPasses * samples * units * outputs,
        };
}
