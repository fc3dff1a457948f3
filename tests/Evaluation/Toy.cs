using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;

namespace Reproduction.Tests.Evaluation;

/// <summary>A small data set of three noisy classes.</summary>
internal static class Toy
{
    public const int Features = 12;

    public static RuleCatalog Rules { get; } = RuleCatalog.BuiltIn();

    /// <summary>
    /// The suite's own rules and the gallery's, which are all loaded, so that tests in parallel do not load them.
    /// </summary>
    public static RuleCatalog WithGallery { get; } = LoadAll();

    public static DataSet Set { get; } =
        new(
            "toy",
            "toy",
            new ImageShape(1, 3, 4),
            new TrainingSplit(Draw(600, 1)),
            new TestSplit(Draw(200, 2)),
            new Dictionary<string, string> { ["all"] = "0" }
        );

    public static DataSet WithPermutedLabels()
    {
        Examples training = Set.Training.Examples;
        int[] labels = [.. training.Labels];
        new Random(5).Shuffle(labels);
        return Set with { Training = new TrainingSplit(new Examples(training.Inputs, labels, 3)) };
    }

    public static RunSpec Spec(string rule, params string[] probes) =>
        Rules[rule].Spec("toy", [16], 1, probes) with
        {
            Snapshots = 16,
        };

    public static RunRecord Run(RunSpec spec, DataSet? data = null) =>
        new RunExecutor(WithGallery).Execute(spec, data ?? Set);

    /// <summary>Returns the spec, without dropout and normalisation if its rule refuses them.</summary>
    public static RunSpec Allowed(RunSpec spec)
    {
        try
        {
            Run(spec with { Epochs = 0, Probes = [], Control = WeightControl.None });
            return spec;
        }
        catch (SpecificationException)
        {
            return spec with { Dropout = 0, Normalization = Reproduction.Network.Normalization.None };
        }
    }

    private static RuleCatalog LoadAll()
    {
        RuleCatalog catalog = RuleCatalog.BuiltIn();
        Assert.NotEmpty(catalog.Gallery);
        return catalog;
    }

    private static Examples Draw(int count, int seed)
    {
        Random random = new(seed);
        int[] labels = [.. Enumerable.Range(0, count).Select(_ => random.Next(3))];
        Matrix<float> inputs = Matrix<float>.Build.Dense(
            Features,
            count,
            (i, j) => (float)((i % 3 == labels[j] ? 1 : 0) + random.NextDouble() - 0.5)
        );
        return new Examples(inputs, labels, 3);
    }
}
