using System.Text.Json;
using Reproduction.Evaluation;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

public class RunExecutorTests
{
    public static TheoryData<string> AllRules => [.. Toy.Rules.Rules.Select(rule => rule.Id)];

    public static TheoryData<string> UnsupervisedRules => [.. Toy.Rules.Rules.Where(rule => rule.Create(new Dictionary<string, string>()).Supervision == Supervision.None).Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(UnsupervisedRules))]
    public void Permuted_labels_leave_an_unsupervised_rules_weights_bit_identical(string rule) =>
        Assert.Equal(Weights(Toy.Run(Toy.Spec(rule))), Weights(Toy.Run(Toy.Spec(rule), Toy.WithPermutedLabels())));

    [Fact]
    public void Permuted_labels_do_change_backpropagation() =>
        Assert.NotEqual(Weights(Toy.Run(Toy.Spec("backprop"))), Weights(Toy.Run(Toy.Spec("backprop"), Toy.WithPermutedLabels())));

    [Theory]
    [MemberData(nameof(AllRules))]
    public void The_same_spec_gives_the_same_record_on_any_number_of_threads(string rule)
    {
        RunSpec spec = Toy.Spec(rule, "published", "ridge", "softmax") with { Batch = 37, Dropout = 0.5 };
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
    public void The_seed_matters(string rule) =>
        Assert.NotEqual(Weights(Toy.Run(Toy.Spec(rule))), Weights(Toy.Run(Toy.Spec(rule) with { Seed = 2 })));

    [Theory]
    [MemberData(nameof(AllRules))]
    public void A_learning_rate_of_zero_changes_no_direction(string rule)
    {
        // The constraint may rescale a row; its direction stays.
        float[] untrained = Toy.Run(Toy.Spec(rule) with { Epochs = 0 }).Snapshots["end"].Row(0), trained = Toy.Run(Toy.Spec(rule) with { LearningRate = 0, Optimizer = OptimizerKind.Sgd }).Snapshots["end"].Row(0);
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
        Assert.Equal(200 * 19, record.Steps);
    }

    [Fact]
    public void Rules_that_train_no_output_have_no_accuracy_of_their_own_and_random_has_no_steps()
    {
        Assert.Null(Toy.Run(Toy.Spec("competitive")).Measure(MeasureNames.TestAccuracy));
        RunRecord random = Toy.Run(Toy.Spec("random"));
        Assert.Equal(0, random.Steps);
        Assert.Empty(random.Measures);
        Assert.Empty(random.Curves);
    }

    [Fact]
    public void SoftHebb_has_the_Gini_of_both_layers_and_competitive_of_the_hidden_one()
    {
        Assert.Equal(["gini.hidden1.end", "gini.hidden1.start", "gini.output.end", "gini.output.start"], Toy.Run(Toy.Spec("softhebb")).Measures.Keys);
        Assert.Equal(["gini.hidden1.end", "gini.hidden1.start"], Toy.Run(Toy.Spec("competitive")).Measures.Keys);
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
    [InlineData(OptimizerKind.AdamW, 0.01)]
    public void Every_rule_runs_under_every_optimizer_and_normalisation_and_several_layers(OptimizerKind optimizer, double rate)
    {
        foreach (string rule in Toy.Rules.Rules.Select(rule => rule.Id))
        {
            RunRecord record = Toy.Run(Toy.Spec(rule, "ridge") with { Hidden = [10, 1, 9], Optimizer = optimizer, LearningRate = rate, Normalization = Normalization.Layer });
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

    private static byte[] Weights(RunRecord record) => record.Snapshots["end"].Bytes;
}
