using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;
using Features = Reproduction.Evaluation.Probes.Features;

namespace Reproduction.Tests.Evaluation;

public class ProbeTests
{
    private static readonly Features TrainingSamples = Of(Toy.Set.Training.Examples);
    private static readonly TrainingFeatures Training = new(TrainingSamples);
    private static readonly TestFeatures Test = new(Of(Toy.Set.Test.Examples));

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Ridge_solves_the_normal_equations(int copies)
    {
        // Eight copies are more samples than are summed at a time, and no multiple of that number.
        Features samples = Repeated(TrainingSamples, copies);
        FittedProbe probe = new RidgeProbe().Fit(new(samples), new RandomStreams(1));
        double penalty = probe.Details["penalty"];
        Assert.Equal(penalty is 0.1 or 1e5 or 1e-2 or 1e-5 ? 1 : 0, probe.Details["penaltyAtEdge"]);

        // Solves (FFᵀ + λI) W = F Yᵀ independently, for centred standardised features in double precision.
        Matrix<double> f = probe.Standardization.Apply(samples.Values, 0, samples.Count).Map(value => (double)value);
        Vector<double> mean = f.RowSums() / samples.Count;
        Matrix<double> centred = f.MapIndexed((i, _, value) => value - mean[i]);
        Matrix<double> targets = Matrix<double>.Build.Dense(3, samples.Count, (k, j) => samples.Labels[j] == k ? 1 : 0);
        Matrix<double> expected = (
            (centred * centred.Transpose()) + (penalty * Matrix<double>.Build.DenseIdentity(Toy.Features))
        )
            .Solve(centred * targets.Transpose())
            .Transpose();
        PyTorchValues.AssertClose(
            expected.Map(value => (float)value).AsColumnMajorArray(),
            probe.Weights.AsColumnMajorArray(),
            1e-5
        );
        Vector<double> bias = (targets.RowSums() / samples.Count) - (expected * mean);
        PyTorchValues.AssertClose([.. bias.Select(value => (float)value)], probe.Bias, 1e-5);
    }

    [Fact]
    public void Ridge_copes_with_collinear_features_under_which_rounding_leaves_no_definite_matrix()
    {
        // Repeats every feature 60 times, each copy with its own rounding: the rank is 12 of 720.
        Features Repeated(Features features) =>
            features with
            {
                Values = Matrix<float>.Build.Dense(
                    720,
                    features.Count,
                    (i, j) => features.Values[i % Toy.Features, j] * (1 + (i / Toy.Features * 0.37f))
                ),
            };
        FittedProbe probe = new RidgeProbe().Fit(new TrainingFeatures(Repeated(TrainingSamples)), new RandomStreams(1));
        FittedProbe single = new RidgeProbe().Fit(Training, new RandomStreams(1));
        Assert.Equal(single.Predict(Test.All).Accuracy, probe.Predict(Repeated(Test.All)).Accuracy, 0.02);
        Assert.True(probe.Weights.ForAll(float.IsFinite));
    }

    [Fact]
    public void Softmax_ends_where_the_gradient_vanishes()
    {
        FittedProbe probe = new SoftmaxProbe().Fit(Training, new RandomStreams(1));
        Assert.InRange(probe.Details["gradientNorm"], 0, 1e-4);
        Assert.Equal(1, probe.Details["converged"]);

        // Writes out the gradient at the solution in double precision.
        double penalty = probe.Details["penalty"];
        Assert.Equal(penalty is 0.1 or 1e5 or 1e-2 or 1e-5 ? 1 : 0, probe.Details["penaltyAtEdge"]);
        Matrix<float> f = probe.Standardization.Apply(TrainingSamples.Values, 0, TrainingSamples.Count);
        double[,] gradient = new double[3, Toy.Features];
        for (int j = 0; j < TrainingSamples.Count; j++)
        {
            double[] scores =
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(k =>
                        probe.Bias[k]
                        + f.Column(j).Zip(probe.Weights.Row(k)).Sum(pair => (double)pair.First * pair.Second)
                    ),
            ];
            double[] powers = [.. scores.Select(score => Math.Exp(score - scores.Max()))];
            for (int k = 0; k < 3; k++)
            {
                for (int i = 0; i < Toy.Features; i++)
                {
                    gradient[k, i] +=
                        ((powers[k] / powers.Sum()) - (TrainingSamples.Labels[j] == k ? 1 : 0))
                        * f[i, j]
                        / TrainingSamples.Count;
                }
            }
        }

        for (int k = 0; k < 3; k++)
        {
            for (int i = 0; i < Toy.Features; i++)
            {
                Assert.Equal(0, gradient[k, i] + (penalty * probe.Weights[k, i]), 2e-4);
            }
        }
    }

    [Fact]
    public void Honest_probes_choose_by_the_last_training_samples()
    {
        // Wrong labels in the last sixth, and nowhere else, ruin the accuracy that decides the choice.
        FittedProbe clean = new RidgeProbe().Fit(Training, new RandomStreams(1));
        Assert.InRange(clean.Details["validationAccuracy"], 0.9, 1);
        int[] labels = [.. TrainingSamples.Labels];
        for (int j = 500; j < 600; j++)
        {
            labels[j] = (labels[j] + 1) % 3;
        }

        FittedProbe probe = new RidgeProbe().Fit(new(TrainingSamples with { Labels = labels }), new RandomStreams(1));
        Assert.InRange(probe.Details["validationAccuracy"], 0, 0.5);
        Assert.True(probe.Details["penalty"] > clean.Details["penalty"]);

        Assert.InRange(new SoftmaxProbe().Fit(Training, new RandomStreams(1)).Details["validationAccuracy"], 0.9, 1);
        probe = new SoftmaxProbe().Fit(new(TrainingSamples with { Labels = labels }), new RandomStreams(1));
        Assert.InRange(probe.Details["validationAccuracy"], 0, 0.5);
    }

    [Fact]
    public void Features_that_never_vary_and_scales_that_differ_do_no_harm()
    {
        Matrix<float> scaled = TrainingSamples.Values.Clone(),
            scaledTest = Test.All.Values.Clone();
        foreach (Matrix<float> values in new[] { scaled, scaledTest })
        {
            values.SetRow(0, Vector<float>.Build.Dense(values.ColumnCount, 7f));
            values.SetRow(1, values.Row(1) * 1e4f);
        }

        foreach (IHonestProbe probe in new IHonestProbe[] { new RidgeProbe(), new SoftmaxProbe() })
        {
            FittedProbe fitted = probe.Fit(new(TrainingSamples with { Values = scaled }), new RandomStreams(1));
            Assert.All(fitted.Weights.Column(0), weight => Assert.Equal(0, weight, 1e-6));
            Assert.InRange(fitted.Predict(Test.All with { Values = scaledTest }).Accuracy, 0.9, 1);
        }
    }

    [Fact]
    public void The_published_probe_has_PyTorchs_doubled_softmax()
    {
        JsonElement fixture = PyTorchValues.Group("doubled_cross_entropy");
        int[] labels = [.. fixture.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        Matrix<float> logits = Matrix<float>.Build.Dense(3, 4, fixture.Floats("logits"));
        FeedForwardNetwork network = new([new DenseLayer(3, 3, new Softmax())]);
        network.Layers[0].Weights.SetDiagonal([1f, 1f, 1f]);
        ForwardRecord record = network.CreateRecord(4);
        network.Forward(logits, record);
        Proposal proposal = new(network);
        Matrix<float> targets = Matrix<float>.Build.Dense(3, 4, (k, j) => k == labels[j] ? 1f : 0f);
        new CrossEntropyDescent().Propose(
            new LearningStep(network, record, targets, null, new RandomStreams(1)),
            proposal
        );
        Assert.Equal(fixture.GetProperty("loss").GetDouble(), proposal.Loss!.Value, 1e-6);

        // With W = I, the proposal is −gradient·logitsᵀ.
        Matrix<float> gradient = Matrix<float>.Build.Dense(3, 4, fixture.Floats("gradient"));
        PyTorchValues.AssertClose(
            (-gradient * logits.Transpose()).AsColumnMajorArray(),
            proposal[0]!.Weights.AsColumnMajorArray(),
            1e-5
        );
        PyTorchValues.AssertClose([.. (-gradient).RowSums()], proposal[0]!.Bias.AsArray(), 1e-6);
    }

    [Fact]
    public void The_published_probe_reports_the_best_test_accuracy_it_saw_and_stops_by_the_test_loss()
    {
        ProbeResult result = new PublishedProbe(Normalization.None).Run(Training, Test, new RandomStreams(1));
        Assert.InRange(result.TestAccuracy, 0.8, 1);
        Assert.InRange(result.Details["epochs"], 1, 10);
        Assert.Equal(200, result.Predictions.Counts.Sum());

        // The labels are random, so the test loss cannot fall by 0.001 per epoch for ten epochs.
        int[] noise = [.. Test.All.Labels];
        new Random(1).Shuffle(noise);
        Assert.InRange(
            new PublishedProbe(Normalization.Layer)
                .Run(Training, new(Test.All with { Labels = noise }), new RandomStreams(1))
                .Details["epochs"],
            2,
            4
        );
    }

    [Fact]
    public void A_class_never_predicted_is_counted()
    {
        ProbeResult result = new(
            new Predictions([0, 2, 2, 0, 2], [0, 1, 2, 3, 2], 5),
            new Dictionary<string, double>(),
            new Series([], [])
        );
        Assert.Equal(3, result.ClassesNeverPredicted);
        Assert.Equal([2, 0, 3, 0, 0], result.Predictions.Counts);
        Assert.Equal(0.6, result.TestAccuracy);
        Assert.Equal([0b10101], result.Predictions.CorrectBits);
    }

    [MnistFact]
    public void On_MNIST_raw_pixels_and_random_features_fall_into_their_bands()
    {
        DataSet mnist = IdxDataSet.Mnist.Load(RealData.Folder!);
        double Ridge(int[] hidden, long seed) =>
            new RunExecutor(Toy.Rules)
                .Execute(Toy.Rules["random"].Spec("mnist", hidden, seed, ["ridge"]), mnist)
                .Measures["probes.ridge.testAccuracy"];
        Assert.InRange(Ridge([], 1), 0.861, 0.865);
        Assert.InRange(new long[] { 1, 2, 3, 4 }.Average(seed => Ridge([128], seed)), 0.835, 0.853);
    }

    private static Features Repeated(Features samples, int copies) =>
        samples with
        {
            Values = Matrix<float>.Build.Dense(
                samples.Dimension,
                copies * samples.Count,
                (i, j) => samples.Values[i, j % samples.Count]
            ),
            Labels = [.. Enumerable.Repeat(samples.Labels, copies).SelectMany(labels => labels)],
        };

    private static Features Of(Examples examples) => new(examples.Inputs, examples.Labels, examples.Classes);
}
