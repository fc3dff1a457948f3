using MathNet.Numerics.LinearAlgebra;
using Reproduction.Evaluation.Records;
using Reproduction.Network;

namespace Reproduction.Tests.Evaluation;

/// <summary>Tests outputs that are the sum of their own nodes.</summary>
public sealed class OutputNodesTests
{
    [Fact]
    public void Each_output_is_the_sum_of_its_own_inputs()
    {
        DenseLayer layer = new(6, 2, new Identity());
        layer.Draw(Initialization.He, new Reproduction.Numerics.RandomStreams(1)["init"]);
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
        Assert.Throws<SpecificationException>(() => Toy.Run(spec with { Hidden = [] }));
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
