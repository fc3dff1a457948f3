using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Probes;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Evaluation.Training.Credit;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

/// <summary>
/// Tests networks for all targets, for each target or for a single one, and also regressions and diagnostics.
/// </summary>
public class TargetsTests
{
    private static readonly DataSet Regression = Reals();

    [Fact]
    public void Kickback_learns_classes_as_networks_of_one_output_each()
    {
        RunRecord record = Toy.Run(Toy.Spec("kickback", "ridge") with { Epochs = 20 });
        Assert.Equal(RunSpec.EachTarget, record.Spec.Targets);
        Assert.True(record.Measure(MeasureNames.TestAccuracy) > 0.9, $"{record.Measure(MeasureNames.TestAccuracy)}");
        Assert.InRange(record.Measure(MeasureNames.ValidationError)!.Value, 0, 0.6);
        Assert.True(record.Measures.ContainsKey(MeasureNames.Probe("ridge", "testAccuracy")));
    }

    [Fact]
    public void A_network_trained_alone_is_the_one_among_others()
    {
        RunRecord together = Toy.Run(Toy.Spec("kickback") with { Targets = RunSpec.EachTarget }),
            alone = Toy.Run(Toy.Spec("kickback") with { Targets = "0" });
        Assert.Equal(together.Snapshots["end"].Bytes, alone.Snapshots["end"].Bytes);
        Assert.NotEqual(
            alone.Snapshots["end"].Bytes,
            Toy.Run(Toy.Spec("kickback") with { Targets = "1" }).Snapshots["end"].Bytes
        );

        // For several networks, the mean of their measures is recorded.
        double[] each =
        [
            .. new[] { "0", "1", "2" }.Select(target =>
                Toy.Run(Toy.Spec("kickback") with { Targets = target }).Measure(MeasureNames.ValidationError)!.Value
            ),
        ];
        Assert.Equal(each.Average(), together.Measure(MeasureNames.ValidationError)!.Value, 1e-12);
        Assert.Contains(
            "toy has no target '7'; there are: 0, 1, 2",
            Assert.Throws<SpecificationException>(() => Toy.Run(Toy.Spec("kickback") with { Targets = "7" })).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Features_of_several_networks_lie_above_each_other()
    {
        FeedForwardNetwork first = Drawn(3, 1),
            second = Drawn(4, 2);
        Features both = Features.Of([Forward(first), Forward(second)], Toy.Set.Test.Examples, layers: 1),
            above = Features.Of([Forward(first)], Toy.Set.Test.Examples, layers: 1),
            below = Features.Of([Forward(second)], Toy.Set.Test.Examples, layers: 1);
        Assert.Equal((7, 200), (both.Dimension, both.Count));
        Assert.Equal(above.Values, both.Values.SubMatrix(0, 3, 0, 200));
        Assert.Equal(below.Values, both.Values.SubMatrix(3, 4, 0, 200));

        static FeedForwardNetwork Drawn(int units, int seed)
        {
            FeedForwardNetwork network = new([
                new DenseLayer(Toy.Features, units, PiecewiseLinear.Relu),
                new DenseLayer(units, 1, new Identity()),
            ]);
            network.Draw(Initialization.He, RandomStream.Create(seed, "init"));
            return network;
        }
    }

    [Fact]
    public void A_rule_of_one_error_gets_the_summed_error_and_nothing_else()
    {
        Watch watch = new();
        FeedForwardNetwork network = new([new DenseLayer(3, 2, new Identity())]);
        network.Draw(Initialization.He, RandomStream.Create(1, "init"));
        new Trainer(
            new NetworkInference(network, watch, RuleParameters.None),
            Regression.Training,
            new TrainingPlan(1, 8, OptimizerKind.Sgd, 0, WeightConstraint.None),
            new RandomStreams(1),
            []
        ).Run();
        Assert.All(watch.Seen, step => Assert.Null(step.Targets));
        Assert.Equal(100, watch.Seen.Sum(step => step.Errors.Length));
        double expected = 0;
        for (int j = 0; j < 100; j++)
        {
            expected += (
                network.Layers[0].Weights * Regression.Training.Examples.Inputs.Column(j)
                - Regression.Training.Examples.Values!.Column(j)
            ).Sum();
        }

        Assert.Equal(expected, watch.Seen.Sum(step => step.Errors.Sum(error => (double)error)), 1e-3);
    }

    [Fact]
    public void The_normalised_error_is_the_squared_error_over_the_variance()
    {
        Examples examples = new(Matrix<float>.Build.Dense(1, 4), Matrix<float>.Build.Dense(1, 4, [1f, 2f, 3f, 6f]));
        Assert.Equal(1, new NetworkOutput(Matrix<float>.Build.Dense(1, 4, 3f)).NormalizedErrors(examples)[0], 1e-12);
        Assert.Equal(
            (1 + 0 + 0 + 4) / 14.0,
            new NetworkOutput(Matrix<float>.Build.Dense(1, 4, [2f, 2f, 3f, 4f])).NormalizedErrors(examples)[0],
            1e-12
        );
    }

    [Fact]
    public void A_linear_network_solves_a_linear_regression()
    {
        RunSpec spec = Toy.Rules["backprop"].Spec("toy", [], 1, []) with
        {
            Output = "identity",
            Optimizer = OptimizerKind.Sgd,
            LearningRate = 0.05,
            Epochs = 400,
            Batch = 16,
        };
        RunRecord record = Toy.Run(spec, Regression);
        Assert.InRange(record.Measure(MeasureNames.TestError)!.Value, 0, 1e-6);
        Assert.InRange(record.Measure(MeasureNames.TestErrorOf("sum"))!.Value, 0, 1e-6);
        Assert.InRange(
            Toy.Run(spec with { Targets = "difference" }, Regression).Measure(MeasureNames.TestError)!.Value,
            0,
            1e-6
        );
        Assert.Contains(
            "cannot say real numbers",
            Assert.Throws<SpecificationException>(() => Toy.Run(spec with { Output = "softmax" }, Regression)).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no classes to probe",
            Assert.Throws<SpecificationException>(() => Toy.Run(spec with { Probes = ["ridge"] }, Regression)).Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("backprop", Initialization.He)]
    [InlineData("kickback", Initialization.SignMatched)]
    public void Diagnostics_say_what_the_rule_does(string rule, Initialization initialization)
    {
        RunRecord record = Toy.Run(
            Toy.Spec(rule) with
            {
                Targets = "1",
                Output = "identity",
                Activation = "signed-relu",
                Initialization = initialization,
                Hidden = [20, 20],
                Epochs = 3,
                Diagnostics = 7,
                Limit = 120,
                LearningRate = 0.01,
                Batch = 10,
            }
        );
        Series cosine = record.Curves[MeasureNames.Alignment("hidden1", "cosine")];
        Assert.Equal([1, 8, 15, 22, 29], cosine.Steps);
        if (rule == "backprop")
        {
            Assert.All(cosine.Values, value => Assert.Equal(1, value, 1e-5));
            Assert.All(
                record.Curves[MeasureNames.Alignment("output", "sign")].Values,
                value => Assert.Equal(1, value, 1e-12)
            );
            Assert.All(
                record.Curves[MeasureNames.Coherence("hidden1", "edge")].Values,
                value => Assert.InRange(value, 0.3, 0.7)
            );
        }
        else
        {
            Assert.All(
                ["unit", "unitWeights", "edge", "sign"],
                kind => Assert.Equal(1, record.Curves[MeasureNames.Coherence("hidden1", kind)].Values[0], 1e-12)
            );
            Assert.Equal(1, record.Curves[MeasureNames.Alignment("hidden2", "cosine")].Values[0], 1e-5);
        }

        Assert.True(record.Curves[MeasureNames.Activation("output")].Values[0] > 0);

        // Diagnostics do not change the run.
        RunRecord unseen = Toy.Run(record.Spec with { Diagnostics = 0 });
        Assert.Equal(record.Snapshots["end"].Bytes, unseen.Snapshots["end"].Bytes);
        Assert.Equal(record.Measure(MeasureNames.TestError), unseen.Measure(MeasureNames.TestError));
    }

    [Fact]
    public void Coherence_of_a_network_by_hand()
    {
        // Two active units above have the weights (1, −3) and (2, 1): τ = (3, −2). Their weights to the output are 1
        // and −0.1: π = (0.8, −3.1).
        FeedForwardNetwork network = new([
            new DenseLayer(1, 2, PiecewiseLinear.Relu),
            new DenseLayer(2, 2, PiecewiseLinear.Relu),
            new DenseLayer(2, 1, new Identity()),
        ]);
        network.Layers[0].Weights.SetColumn(0, [1f, 1f]);
        network.Layers[1].Weights.SetRow(0, [1f, -3f]);
        network.Layers[1].Weights.SetRow(1, [2f, 1f]);
        network.Layers[1].Bias[0] = 5;
        network.Layers[2].Weights.SetRow(0, [1f, -0.1f]);
        ForwardRecord record = network.CreateRecord(1);
        network.Forward(Matrix<float>.Build.Dense(1, 1, 1f), record);
        CurveSet curves = new();
        new CoherenceObserver(1, curves).BeforeStep(1, network, record, record.Output, new Proposal(network));
        new ActivationObserver(1, curves).BeforeStep(1, network, record, record.Output, new Proposal(network));
        Dictionary<string, double> values = curves.Curves.ToDictionary(
            curve => curve.Name,
            curve => curve.Curve.Values[0]
        );
        Assert.Equal(0.5, values[MeasureNames.Coherence("hidden1", "unit")]);
        Assert.Equal(0.75, values[MeasureNames.Coherence("hidden1", "edge")]);
        Assert.Equal(1, values[MeasureNames.Coherence("hidden1", "sign")]);
        Assert.Equal(0.5, values[MeasureNames.Coherence("hidden2", "unit")]);
        Assert.Equal(Math.Sqrt((9 + 9) / 2.0), values[MeasureNames.Activation("hidden2")], 1e-6);
    }

    [Fact]
    public void The_first_layers_input_may_stay_as_it_is()
    {
        // With one hidden layer, normalising only the outputs of hidden layers does not change the features.
        RunSpec spec = Toy.Spec("random", "ridge");
        double Accuracy(RunSpec one) => Toy.Run(one).Measures[MeasureNames.FeatureDeviation];
        Assert.Equal(
            Accuracy(spec),
            Accuracy(spec with { Normalization = Normalization.Layer, NormalizesInput = false })
        );
        Assert.NotEqual(Accuracy(spec), Accuracy(spec with { Normalization = Normalization.Layer }));
    }

    [Fact]
    public void Divergence_is_recorded_with_its_step()
    {
        RunRecord record = Toy.Run(
            Toy.Spec("kickback") with
            {
                Targets = "0",
                Hidden = [50, 50, 50, 50],
                Initialization = Initialization.SignMatched,
                Optimizer = OptimizerKind.Sgd,
                LearningRate = 1e4,
                Diagnostics = 1,
                Epochs = 5,
            }
        );
        Assert.Contains("no longer a finite number", record.Divergence!, StringComparison.Ordinal);
        Assert.InRange(record.Steps, 1, 60);
        Assert.Empty(record.Measures);
    }

    private static DataSet Reals()
    {
        Examples Draw(int count, int seed)
        {
            Matrix<float> inputs = RandomMatrix.Uniform(3, count, seed);
            return new Examples(
                inputs,
                Matrix<float>.Build.Dense(
                    2,
                    count,
                    (o, j) => o == 0 ? inputs[0, j] + inputs[1, j] : inputs[1, j] - (2 * inputs[2, j]) + 0.5f
                )
            );
        }

        return new DataSet(
            "toy",
            "toy regression",
            new ImageShape(1, 1, 3),
            new TrainingSplit(Draw(100, 1)),
            new TestSplit(Draw(40, 2)),
            new Dictionary<string, string> { ["all"] = "1" }
        )
        {
            Targets = ["sum", "difference"],
        };
    }

    private static NetworkInference Forward(FeedForwardNetwork network) =>
        new(network, new Watch(), RuleParameters.None);

    /// <summary>A rule that learns nothing and records what it is given.</summary>
    private sealed class Watch : ILearningRule
    {
        public List<(Matrix<float>? Targets, float[] Errors)> Seen { get; } = [];

        public Supervision Supervision => Supervision.ScalarError;

        public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

        public void Propose(LearningStep step, Proposal proposal) => Seen.Add((step.Targets, [.. step.Errors!]));
    }
}
