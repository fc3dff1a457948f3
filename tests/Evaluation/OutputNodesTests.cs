using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

/// <summary>Tests outputs that are the sum of their own nodes.</summary>
public sealed class OutputNodesTests
{
    [Fact]
    public void Each_output_is_the_sum_of_its_own_inputs()
    {
        DenseLayer layer = new(6, 2, new Identity());
        layer.Draw(Initialization.He, new RandomStreams(1)["init"]);
        layer.Bias[1] = 3;
        layer.SumInputs();
        Assert.Equal(Matrix<float>.Build.DenseOfRowArrays([1, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1]), layer.Weights);
        Assert.Equal([0, 0], layer.Bias.ToArray());
        Assert.Throws<InvalidOperationException>(() => new DenseLayer(5, 2, new Identity()).SumInputs());
    }

    /// <summary>
    /// The sum's weights are 1, so a node's influence on it is 1, and that of a unit below the nodes is its influence
    /// on them: Kickback is backprop in both layers, and stays so while they learn. With learned output weights it is
    /// backprop in the nodes alone.
    /// </summary>
    [Theory]
    [InlineData(OutputWeights.Sum, true)]
    [InlineData(OutputWeights.Learned, false)]
    public void Kickback_is_backprop_in_the_nodes_and_the_layer_below(OutputWeights weights, bool isBackpropBelow)
    {
        RunRecord record = Toy.Run(Spec(weights));
        double Smallest(string layer) => record.Curves[MeasureNames.Alignment(layer, "cosine")].Values.Min();
        Assert.Equal(1, Smallest("hidden3"), 1e-5);
        Assert.Equal(isBackpropBelow, Smallest("hidden2") > 1 - 1e-5);
        Assert.True(Smallest("hidden1") < 0.99);
        Assert.Equal(!isBackpropBelow, record.Curves.ContainsKey(MeasureNames.Gini("output")));
    }

    [Fact]
    public void Nodes_that_cannot_be_dealt_out_are_refused()
    {
        RunSpec spec = Spec(OutputWeights.Sum) with { Targets = RunSpec.AllTargets, Hidden = [6, 4] };
        Assert.Equal(
            "--output-weights sum: give the last hidden layer the same number of units for each of the 3 outputs with "
                + "--hidden",
            Assert.Throws<SpecificationException>(() => Toy.Run(spec)).Message
        );
        Assert.Contains(
            "there is no hidden layer whose units",
            Assert.Throws<SpecificationException>(() => Toy.Run(spec with { Hidden = [] })).Message,
            StringComparison.Ordinal
        );
        foreach (
            RunSpec other in new[]
            {
                Spec(OutputWeights.Sum) with
                {
                    Normalization = Normalization.Layer,
                },
                Spec(OutputWeights.Sum) with
                {
                    Dropout = 0.2,
                },
            }
        )
        {
            Assert.Contains(
                "the output is no sum of its units",
                Assert.Throws<SpecificationException>(() => Toy.Run(other)).Message,
                StringComparison.Ordinal
            );
        }

        Assert.Contains(
            "hebb has no output layer that is trained",
            Assert
                .Throws<SpecificationException>(() =>
                    Toy.Run(Toy.Rules["hebb"].Spec("toy", [6], 1, []) with { OutputWeights = OutputWeights.Sum })
                )
                .Message,
            StringComparison.Ordinal
        );
    }

    /// <summary>
    /// Neither decay, moments nor a constraint move what is fixed, and it has no training of its own.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_fixed_output_stays_whatever_optimizer_and_constraint_do(bool isLayerwise)
    {
        FeedForwardNetwork network = new([
            new DenseLayer(12, 6, new SignedRelu()),
            new DenseLayer(6, 3, new Identity()),
        ]);
        network.Draw(Initialization.He, new RandomStreams(1)["init"]);
        network.Layers[1].SumInputs();
        Matrix<float> hidden = network.Layers[0].Weights.Clone(),
            output = network.Layers[1].Weights.Clone();
        ILearningRule rule = Toy.Rules["backprop"].Create(new Dictionary<string, string>());
        TrainingPlan plan = new(1, 32, OptimizerKind.Adamw, 0.01, WeightConstraint.UnitRows)
        {
            IsOutputFixed = true,
            IsLayerwise = isLayerwise,
        };
        new Trainer(
            new NetworkInference(network, rule, RuleParameters.None),
            new TrainingSplit(Toy.Set.Training.Examples),
            plan,
            new RandomStreams(1),
            []
        ).Run();
        Assert.Equal(output, network.Layers[1].Weights);
        Assert.Equal([0, 0, 0], network.Layers[1].Bias.ToArray());
        Assert.NotEqual(hidden, network.Layers[0].Weights);
    }

    [Fact]
    public void Learned_outputs_are_no_part_of_a_runs_name()
    {
        Assert.DoesNotContain("outputWeights", Spec(OutputWeights.Learned).ToJson(), StringComparison.Ordinal);
        Assert.Contains("\"outputWeights\":\"sum\"", Spec(OutputWeights.Sum).ToJson(), StringComparison.Ordinal);
        Assert.DoesNotContain("fold", Spec(OutputWeights.Sum).ToJson(), StringComparison.Ordinal);
    }

    private static RunSpec Spec(OutputWeights weights) =>
        Toy.Rules["kickback"].Spec("toy", [6, 5, 2], 1, []) with
        {
            Targets = "0",
            OutputWeights = weights,
            Initialization = Initialization.He,
            Diagnostics = 5,
            Epochs = 2,
            Batch = 32,
        };
}
