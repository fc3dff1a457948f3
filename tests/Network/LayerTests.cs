using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Statistics;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Network;

public class LayerTests
{
    [Fact]
    public void Layer_normalisation_and_its_derivative_are_PyTorchs()
    {
        JsonElement fixture = PyTorchValues.Group("layer_norm");
        Matrix<float> input = Matrix<float>.Build.Dense(5, 3, fixture.Floats("input")),
            output = input.Clone();
        LayerNormalization.Apply(input, output);
        PyTorchValues.AssertClose(fixture.Floats("output"), output.AsColumnMajorArray(), 2e-6);
        Matrix<float> gradient = Matrix<float>.Build.Dense(5, 3, fixture.Floats("gradient_out"));
        LayerNormalization.PullBack(input, output, gradient);
        PyTorchValues.AssertClose(fixture.Floats("gradient_in"), gradient.AsColumnMajorArray(), 2e-6);
    }

    [Theory]
    [InlineData(Initialization.He, 0.05051)]
    [InlineData(Initialization.Xavier, 0.03928)]
    [InlineData(Initialization.Hebbian, 0.22381)]
    public void Weights_are_drawn_with_the_right_deviation(Initialization initialization, double deviation)
    {
        DenseLayer layer = new(784, 512, PiecewiseLinear.Relu);
        layer.Draw(initialization, RandomStream.Create(1, "init"));
        // With 401,408 draws, the standard deviation of the measured deviation is 0.11 %.
        Assert.Equal(
            1,
            layer.Weights.Enumerate().Select(value => (double)value).StandardDeviation() / deviation,
            0.005
        );
        Assert.Equal(0, layer.Bias.L2Norm());
    }

    [Fact]
    public void A_layer_computes_what_its_summary_says()
    {
        DenseLayer layer = new(2, 2, PiecewiseLinear.Relu);
        layer.Weights.SetRow(0, [1f, 2f]);
        layer.Weights.SetRow(1, [-3f, 1f]);
        layer.Bias[0] = 0.5f;
        FeedForwardNetwork network = new([layer]);
        ForwardRecord record = network.CreateRecord(1);
        network.Forward(Matrix<float>.Build.DenseOfColumnArrays([2f, 3f]), record);
        Assert.Equal([8.5f, -3f], record.Layers[0].PreActivation.AsColumnMajorArray());
        Assert.Equal([8.5f, 0f], record.Output.AsColumnMajorArray().Select(value => value + 0f));
    }

    [Fact]
    public void Dropout_drops_in_training_only_and_keeps_the_expectation()
    {
        DenseLayer layer = new(1000, 1, new Identity(), dropout: 0.5);
        layer.Weights.Add(1f / 1000, layer.Weights);
        FeedForwardNetwork network = new([layer]);
        ForwardRecord record = network.CreateRecord(200);
        Matrix<float> ones = Matrix<float>.Build.Dense(1000, 200, 1f);
        network.Forward(ones, record);
        Assert.All(record.Output.Enumerate(), value => Assert.Equal(1, value, 1e-4));
        network.Forward(ones, record, RandomStream.Create(1, "dropout"));
        Assert.All(record.Layers[0].Input.Enumerate(), value => Assert.True(value is 0f or 2f));
        Assert.InRange(record.Output.Enumerate().Select(value => (double)value).Mean(), 0.99, 1.01);
    }

    [Fact]
    public void Layers_that_do_not_fit_are_refused() =>
        Assert.Contains(
            "takes 4 inputs",
            Assert
                .Throws<ArgumentException>(() =>
                    new FeedForwardNetwork([new DenseLayer(2, 3, new Identity()), new DenseLayer(4, 1, new Identity())])
                )
                .Message,
            StringComparison.Ordinal
        );
}
