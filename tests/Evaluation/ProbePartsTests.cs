using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Probes;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

/// <summary>Tests the parts of probes on numbers that can be worked out by hand.</summary>
public sealed class ProbePartsTests
{
    [Fact]
    public void Standardization_takes_moments_of_the_first_samples_and_silences_what_only_rounding_moves()
    {
        Matrix<float> values = Matrix<float>.Build.DenseOfRowArrays(
            [-1f, -2f, -3f, -4f, 100f],
            [7f, 7f, 7f, 7f, 100f],
            [1000f, 1000.0001f, 1000f, 1000.0001f, 100f],
            [1e-8f, -1e-8f, 1e-8f, -1e-8f, 100f]
        );
        Standardization standardization = Standardization.Of(values, samples: 4);
        Assert.Equal([-2.5f, 7f, 1000f, 0f], standardization.Mean.Select(mean => MathF.Round(mean, 3)));
        PyTorchValues.AssertClose([(float)(1 / Math.Sqrt(1.25)), 0, 0, 1e8f], standardization.Scale, 1e-5);
        Assert.Equal(Math.Sqrt(1.25 / 4), standardization.RootMeanVariance, 1e-6);
    }

    [Fact]
    public void A_fitted_probe_adds_its_bias_to_the_scores()
    {
        // One feature f, scores f and −f + 1: the classes change at f = ½.
        FittedProbe probe = new(
            new Standardization([0], [1]),
            Matrix<float>.Build.DenseOfColumnArrays([1f, -1f]),
            [0, 1],
            new Dictionary<string, double>()
        );
        Matrix<float> features = Matrix<float>.Build.DenseOfRowArrays([-1f, 0.4f, 0.6f, 2f]);
        Assert.Equal([1, 1, 0, 0], probe.Predict(new Features(features, [1, 1, 0, 0], 2)).Classes);
    }

    [Theory]
    [InlineData(new[] { 1f, -1f }, new[] { 0, 1 }, 2, 0.5)]
    [InlineData(new[] { 0f, 0f, 0f, 0f }, new[] { 0, 0, 0, 1 }, 3, 5.0 / 12)]
    public void At_the_origin_the_steepest_slope_of_cross_entropy_is_known(
        float[] feature,
        int[] labels,
        int classes,
        double steepest
    )
    {
        // All classes are equally probable. Two samples ±1: ∂L/∂W = ±½ and ∂L/∂b = 0. Features of 0: ∂L/∂W = 0 and
        // ∂L/∂b is 1/3 less the shares 3/4, 1/4 and 0 of the classes.
        CrossEntropyObjective objective = Objective(Matrix<float>.Build.DenseOfRowArrays(feature), labels, classes);
        (double value, _, double steepness) = objective.Evaluate(objective.Origin, penalty: 0);
        Assert.Equal(Math.Log(classes), value, 1e-6);
        Assert.Equal(steepest, steepness, 1e-6);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(1500)]
    public void The_gradient_of_cross_entropy_is_that_of_its_value(int samples)
    {
        // 1,500 samples are several blocks, the last of them smaller.
        RandomStream random = RandomStream.Create(1, "objective");
        Matrix<float> features = Matrix<float>.Build.Dense(3, samples, (_, _) => (float)(random.NextDouble() - 0.3));
        CrossEntropyObjective objective = Objective(
            features,
            [.. Enumerable.Range(0, samples).Select(j => j % 7 % 3)],
            3
        );
        Vector<double> point = objective.Origin.Map(_ => random.NextDouble() - 0.5);
        Vector<double> gradient = objective.Evaluate(point, penalty: 0.1).Gradient;
        const double Step = 1e-2;
        for (int i = 0; i < point.Count; i++)
        {
            Vector<double> up = point.Clone(),
                down = point.Clone();
            up[i] += Step;
            down[i] -= Step;
            double slope = (objective.Evaluate(up, 0.1).Value - objective.Evaluate(down, 0.1).Value) / (2 * Step);
            Assert.Equal(slope, gradient[i], 2e-3);
        }
    }

    [Fact]
    public void Of_penalties_that_do_equally_well_the_first_is_taken()
    {
        // The class is the sign of the only feature, so every penalty classifies all samples.
        Features features = new(
            Matrix<float>.Build.Dense(1, 60, (_, j) => j % 2 == 0 ? 1 : -1),
            [.. Enumerable.Range(0, 60).Select(j => j % 2)],
            2
        );
        IReadOnlyDictionary<string, double> ridge = new RidgeProbe().Fit(new(features), new RandomStreams(1)).Details,
            softmax = new SoftmaxProbe().Fit(new(features), new RandomStreams(1)).Details;
        Assert.Equal((0.1, 1), (ridge["penalty"], ridge["penaltyAtEdge"]));
        Assert.Equal((0.01, 1), (softmax["penalty"], softmax["penaltyAtEdge"]));
    }

    private static CrossEntropyObjective Objective(Matrix<float> values, int[] labels, int classes)
    {
        Features features = new(values, labels, classes);
        Standardization none = new(new float[values.RowCount], [.. Enumerable.Repeat(1f, values.RowCount)]);
        return new CrossEntropyObjective(
            features,
            none,
            features.Count,
            CrossEntropyObjective.Coordinates(features, none, features.Count)
        );
    }
}
