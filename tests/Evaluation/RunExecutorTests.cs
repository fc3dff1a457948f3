using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Execution;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

public class RunExecutorTests
{
    public static TheoryData<string> AllRules => [.. Toy.Rules.Rules.Select(rule => rule.Id)];

    public static TheoryData<string> UnsupervisedRules =>
        [
            .. Toy
                .Rules.Rules.Where(rule =>
                    rule.Create(new Dictionary<string, string>()).Supervision == Supervision.None
                )
                .Select(rule => rule.Id),
        ];

    [Theory]
    [MemberData(nameof(UnsupervisedRules))]
    public void Permuted_labels_leave_all_weights_of_an_unsupervised_rule_bit_identical(string rule) =>
        Assert.Equal(AllWeights(rule, Toy.Set), AllWeights(rule, Toy.WithPermutedLabels()));

    [Fact]
    public void Permuted_labels_do_change_backpropagation() =>
        Assert.NotEqual(AllWeights("backprop", Toy.Set), AllWeights("backprop", Toy.WithPermutedLabels()));

    [Theory]
    [MemberData(nameof(AllRules))]
    public void The_same_spec_gives_the_same_record_on_any_number_of_threads(string rule)
    {
        RunSpec spec = Toy.Allowed(Toy.Spec(rule, "published", "ridge", "softmax") with { Batch = 37, Dropout = 0.5 });
        string Result(int threads)
        {
            ComputeThreads.Count = threads;
            RunRecord record = Toy.Run(spec);
            record.Seconds.Clear();
            return JsonSerializer.Serialize(record, RunJson.Options);
        }

        Assert.Equal(Result(1), Result(2));
    }

    [Theory]
    [MemberData(nameof(AllRules))]
    public void Threads_change_no_bit_where_layers_are_wide_enough_to_use_them(string rule)
    {
        // With 400 inputs and 1024 units, products, norms and optimizer steps are all split between threads.
        Random random = new(1);
        Examples Draw(int count) =>
            new(
                Matrix<float>.Build.Dense(400, count, (_, _) => (float)random.NextDouble()),
                [.. Enumerable.Range(0, count).Select(_ => random.Next(3))],
                3
            );
        DataSet wide = Toy.Set with
        {
            Shape = new ImageShape(1, 20, 20),
            Training = new TrainingSplit(Draw(256)),
            Test = new TestSplit(Draw(64)),
        };
        RunSpec spec = Toy.Allowed(
            Toy.Spec(rule, "published", "ridge") with
            {
                Hidden = [1024],
                LearningRate = 0.001,
                Dropout = 0.5,
            }
        );
        string Result(int threads)
        {
            ComputeThreads.Count = threads;
            RunRecord record = Toy.Run(spec, wide);
            record.Seconds.Clear();
            return JsonSerializer.Serialize(record, RunJson.Options);
        }

        string one = Result(1);
        Assert.Equal(one, Result(2));
        Assert.Equal(one, Result(3));
    }

    [Theory]
    [MemberData(nameof(AllRules))]
    public void The_seed_matters(string rule) =>
        Assert.NotEqual(Weights(Toy.Run(Toy.Spec(rule))), Weights(Toy.Run(Toy.Spec(rule) with { Seed = 2 })));

    [Theory]
    [MemberData(nameof(AllRules))]
    public void A_learning_rate_of_zero_changes_no_direction(string rule)
    {
        // The constraint may rescale a row; its direction stays.
        float[] untrained = Toy.Run(Toy.Spec(rule) with { Epochs = 0 }).Snapshots["end"].Row(0),
            trained = Toy.Run(Toy.Spec(rule) with { LearningRate = 0, Optimizer = OptimizerKind.Sgd })
                .Snapshots["end"]
                .Row(0);
        double scale = trained[0] / untrained[0];
        Assert.True(scale > 0);
        Assert.All(trained.Zip(untrained), pair => Assert.Equal(pair.First, scale * pair.Second, 1e-5));
    }

    [Fact]
    public void Backpropagation_learns_and_reports_its_own_accuracy_and_loss()
    {
        RunRecord record = Toy.Run(Toy.Spec("backprop", "ridge") with { Epochs = 200, LearningRate = 0.01 });
        Assert.InRange(record.Measures[MeasureNames.TestAccuracy], 0.95, 1);
        double[] loss = record.Curves[MeasureNames.TrainingLoss].Values;
        Assert.True(loss[^1] < loss[0] / 2);
        Assert.Equal(200 * 16, record.Steps);
    }

    [Fact]
    public void Rules_that_train_no_output_have_no_accuracy_of_their_own_and_random_has_no_steps()
    {
        Assert.Null(Toy.Run(Toy.Spec("competitive")).Measure(MeasureNames.TestAccuracy));
        RunRecord random = Toy.Run(Toy.Spec("random"));
        Assert.Equal(0, random.Steps);
        Assert.All(random.Measures.Keys, name => Assert.StartsWith("neurons.", name, StringComparison.Ordinal));
        Assert.Empty(random.Curves);
    }

    [Fact]
    public void SoftHebb_has_the_Gini_of_both_layers_and_competitive_of_the_hidden_one()
    {
        Assert.Equal(
            ["gini.hidden1.end", "gini.hidden1.start", "gini.output.end", "gini.output.start"],
            Toy.Run(Toy.Spec("softhebb")).Measures.Keys.Where(name => name.StartsWith("gini", StringComparison.Ordinal))
        );
        Assert.Equal(
            ["gini.hidden1.end", "gini.hidden1.start"],
            Toy.Run(Toy.Spec("competitive"))
                .Measures.Keys.Where(name => name.StartsWith("gini", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void The_Gini_at_the_start_is_that_after_100_steps()
    {
        RunRecord record = Toy.Run(Toy.Spec("competitive") with { Epochs = 10 });
        Series curve = record.Curves["gini.hidden1"];
        Assert.Equal(record.Measures["gini.hidden1.start"], curve.Values[Array.IndexOf(curve.Steps, 100)]);
        Assert.Equal(record.Measures["gini.hidden1.end"], curve.Values[^1]);
        Assert.Equal(190, curve.Steps[^1]);
    }

    [Fact]
    public void Rows_have_unit_norm_after_training_with_the_constraint()
    {
        WeightSnapshot snapshot = Toy.Run(Toy.Spec("competitive")).Snapshots["end"];
        for (int neuron = 0; neuron < snapshot.Neurons; neuron++)
        {
            Assert.Equal(1, Math.Sqrt(snapshot.Row(neuron).Sum(weight => (double)weight * weight)), 1e-5);
        }
    }

    [Fact]
    public void Divergence_is_an_outcome_with_its_step()
    {
        RunRecord record = Toy.Run(Toy.Spec("softhebb", "ridge") with { LearningRate = 1e6 });
        Assert.Contains("no longer", record.Divergence, StringComparison.Ordinal);
        Assert.InRange(record.Steps, 1, 19);
        Assert.Empty(record.Measures);
    }

    [Theory]
    [InlineData(OptimizerKind.Sgd, 0.01)]
    [InlineData(OptimizerKind.Momentum, 0.001)]
    [InlineData(OptimizerKind.Adamw, 0.01)]
    public void Every_rule_runs_under_every_optimizer_and_normalisation_and_several_layers(
        OptimizerKind optimizer,
        double rate
    )
    {
        foreach (string rule in Toy.Rules.Rules.Select(rule => rule.Id))
        {
            RunRecord record = Toy.Run(
                Toy.Allowed(
                    Toy.Spec(rule, "ridge") with
                    {
                        Hidden = [10, 1, 9],
                        Optimizer = optimizer,
                        LearningRate = rate,
                        Normalization = Normalization.Layer,
                    }
                )
            );
            Assert.Null(record.Divergence);
            Assert.InRange(record.Measures[MeasureNames.Probe("ridge", "testAccuracy")], 0.2, 1);
        }
    }

    [Fact]
    public void No_hidden_layer_probes_the_inputs()
    {
        RunRecord record = Toy.Run(Toy.Spec("random", "ridge") with { Hidden = [] });
        Assert.InRange(record.Measures[MeasureNames.Probe("ridge", "testAccuracy")], 0.95, 1);
    }

    [Fact]
    public void Probes_can_read_every_hidden_layer_by_itself()
    {
        // The first layer is drawn first, so it is the layer of a network that has no other.
        RunSpec deep = Toy.Spec("random", "ridge", "softmax") with
        {
            Hidden = [16, 8],
        };
        RunRecord all = Toy.Run(deep with { ProbeLayers = ProbedLayers.All }),
            last = Toy.Run(deep),
            first = Toy.Run(deep with { Hidden = [16] });
        foreach (string probe in deep.Probes)
        {
            Assert.Equal(first.Correct[probe], all.Correct[$"{probe}@hidden1"]);
            Assert.Equal(last.Correct[probe], all.Correct[probe]);
            Assert.NotEqual(first.Correct[probe], last.Correct[probe]);
            Assert.Equal(
                first.Measures[MeasureNames.Probe(probe, "testAccuracy")],
                all.Measures[MeasureNames.Probe($"{probe}@hidden1", "testAccuracy")]
            );
        }

        Assert.DoesNotContain("ridge@hidden1", last.Correct.Keys);
        Assert.Equal(last.Measures[MeasureNames.FeatureDeviation], all.Measures[MeasureNames.FeatureDeviation]);
        Assert.DoesNotContain("probeLayers", deep.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_initial_scale_multiplies_the_weights_of_every_layer()
    {
        RunSpec spec = Toy.Spec("random", "ridge");
        float[] once = Toy.Run(spec).Snapshots["end"].Row(3),
            twice = Toy.Run(spec with { InitialScale = 2 }).Snapshots["end"].Row(3),
            redrawn = Toy.Run(spec with { InitialScale = 2, Control = WeightControl.Reinit(1) })
                .Snapshots["end"]
                .Row(3);
        Assert.Equal(once.Select(weight => 2 * weight), twice);
        Assert.Equal(twice, redrawn);
        Assert.Equal(
            "--init-scale 0: a number from 0.001 to 1000",
            Assert.Throws<SpecificationException>(() => Toy.Run(spec with { InitialScale = 0 })).Message
        );
    }

    [Fact]
    public void Multiply_adds_per_sample_are_those_of_the_products()
    {
        // Forward 12·16 + 16·3, gradients of the same size, and 16·3 for the error of the hidden layer.
        RunSpec spec = Toy.Spec("backprop") with
        {
            Epochs = 2,
            Diagnostics = 5,
        };
        Assert.Equal((2 * ((12 * 16) + (16 * 3))) + (16 * 3), Toy.Run(spec).Measures[MeasureNames.MultiplyAdds]);
    }

    [Fact]
    public void The_accuracy_of_every_probe_is_the_share_of_samples_that_it_gets_right()
    {
        // 200 samples are six batches of 32 and one of 8, so the mean over batches is another number.
        RunRecord record = Toy.Run(Toy.Spec("random", "ridge", "softmax", "published") with { Hidden = [4] });
        foreach ((string probe, byte[] correct) in record.Correct)
        {
            Assert.Equal(
                correct.Sum(bits => System.Numerics.BitOperations.PopCount(bits)) / 200.0,
                record.Measures[MeasureNames.Probe(probe, "testAccuracy")]
            );
        }

        byte[] bits = record.Correct["published"];
        double Right(int start, int count) =>
            Enumerable.Range(start, count).Count(i => (bits[i / 8] >> (i % 8) & 1) == 1) / (double)count;
        Assert.Equal(
            Enumerable.Range(0, 7).Average(batch => Right(32 * batch, batch < 6 ? 32 : 8)),
            record.Measures[MeasureNames.Probe("published", "batchMeanAccuracy")],
            1e-12
        );
    }

    [Fact]
    public void A_rule_that_sees_targets_is_kept_from_the_samples_that_probes_select_on()
    {
        Assert.True(Toy.Spec("backprop").HoldOutValidation);
        Assert.False(Toy.Spec("competitive").HoldOutValidation);

        // Labels in the last sixth of the 600 samples change nothing in training; earlier labels do.
        DataSet WithLabel(int sample)
        {
            int[] labels = [.. Toy.Set.Training.Examples.Labels];
            labels[sample] = (labels[sample] + 1) % 3;
            return Toy.Set with
            {
                Training = new TrainingSplit(new Examples(Toy.Set.Training.Examples.Inputs, labels, 3)),
            };
        }

        byte[] weights = Weights(Toy.Run(Toy.Spec("backprop")));
        Assert.Equal(weights, Weights(Toy.Run(Toy.Spec("backprop"), WithLabel(500))));
        Assert.NotEqual(weights, Weights(Toy.Run(Toy.Spec("backprop"), WithLabel(499))));
        Assert.NotEqual(weights, Weights(Toy.Run(Toy.Spec("backprop") with { HoldOutValidation = false })));
    }

    [Fact]
    public void Where_the_test_labels_are_permuted_every_accuracy_is_at_chance()
    {
        // The training samples are as they were, so whatever is scored on them stays far above chance.
        Examples test = Toy.Set.Test.Examples;
        int[] labels = [.. test.Labels];
        new Random(6).Shuffle(labels);
        DataSet permuted = Toy.Set with { Test = new TestSplit(new Examples(test.Inputs, labels, 3)) };
        RunSpec spec = Toy.Spec("backprop", "ridge", "softmax", "published+validation") with
        {
            Epochs = 20,
            LearningRate = 0.01,
        };
        string[] accuracies =
        [
            MeasureNames.TestAccuracy,
            .. spec.Probes.Select(probe => MeasureNames.Probe(probe, "testAccuracy")),
        ];
        RunRecord clean = Toy.Run(spec),
            record = Toy.Run(spec, permuted);
        Assert.All(accuracies, name => Assert.InRange(clean.Measures[name], 0.9, 1));

        // Of 200 samples a third: four standard deviations are 0.13.
        Assert.All(accuracies, name => Assert.Equal(1.0 / 3, record.Measures[name], 0.13));
    }

    [Fact]
    public void Features_that_are_not_finite_are_a_divergence_too()
    {
        RunRecord record = Toy.Run(
            Toy.Spec("softhebb", "ridge", "published") with
            {
                Hidden = [8, 8, 8, 8, 8, 8, 8, 8],
                Batch = 600,
                LearningRate = 1e6,
            }
        );
        Assert.Contains("the features they give", record.Divergence, StringComparison.Ordinal);
        Assert.Empty(record.Measures);
        Assert.Empty(record.Curves);
    }

    /// <summary>
    /// A feature that is next to nothing in the samples that a probe is fitted to, and enormous in those it selects on.
    /// </summary>
    [Fact]
    public void Features_that_no_probe_can_be_fitted_to_are_a_divergence_too()
    {
        Examples clean = Toy.Set.Training.Examples;
        Matrix<float> inputs = clean.Inputs.Clone();
        for (int j = 0; j < inputs.ColumnCount; j++)
        {
            inputs[0, j] *= j < 550 ? 1e-25f : 1e25f;
        }

        RunRecord record = Toy.Run(
            Toy.Rules["backprop"].Spec("toy", [], 1, ["ridge"]) with
            {
                Epochs = 0,
            },
            Toy.Set with
            {
                Training = new TrainingSplit(new Examples(inputs, clean.Labels, 3)),
            }
        );
        Assert.Equal(
            "probe ridge: features of the last training samples, or single ones, are so much larger than the others "
                + "that no classifier can be fitted to them",
            record.Divergence
        );
    }

    [Fact]
    public void Mean_step_norms_are_recorded_for_the_layers_that_move()
    {
        RunRecord record = Toy.Run(Toy.Spec("competitive") with { Epochs = 11 });
        Series curve = record.Curves[MeasureNames.StepNorm("hidden1")];
        Assert.Equal([100, 200], curve.Steps);
        Assert.All(curve.Values, value => Assert.InRange(value, 1e-3, 1e3));
        Assert.DoesNotContain(MeasureNames.StepNorm("output"), record.Curves.Keys);
    }

    private static float[] AllWeights(string rule, DataSet data)
    {
        RuleDescription description = Toy.Rules[rule];
        FeedForwardNetwork network = new([
            new DenseLayer(Toy.Features, 16, PiecewiseLinear.Relu),
            new DenseLayer(16, 3, new Softmax(), dropout: 0.5),
        ]);
        RandomStreams random = new(1);
        network.Draw(Initialization.Hebbian, random["init"]);
        TrainingPlan plan = new(
            1,
            32,
            description.Attribute.Optimizer,
            description.Attribute.LearningRate,
            description.Attribute.Constraint
        );
        Assert.Null(
            new Trainer(
                new NetworkInference(
                    network,
                    description.Create(new Dictionary<string, string>()),
                    RuleParameters.None
                ),
                data.Training,
                plan,
                random,
                []
            )
                .Run()
                .Divergence
        );
        return [.. network.Layers.SelectMany(layer => layer.Weights.ToColumnMajorArray())];
    }

    private static byte[] Weights(RunRecord record) => record.Snapshots["end"].Bytes;
}
