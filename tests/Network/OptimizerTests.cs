using System.Text.Json;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Network;

public class OptimizerTests
{
    [Fact]
    public void AdamW_takes_the_steps_that_PyTorch_takes()
    {
        JsonElement fixture = PyTorchValues.Group("adamw");
        float[] parameters = fixture.Floats("start");
        AdamW optimizer = new(1e-2);
        foreach (
            (JsonElement gradient, JsonElement after) in fixture
                .GetProperty("gradients")
                .EnumerateArray()
                .Zip(fixture.GetProperty("after").EnumerateArray())
        )
        {
            optimizer.Step(parameters, [.. PyTorchValues.Floats(gradient).Select(value => -value)]);
            PyTorchValues.AssertClose(PyTorchValues.Floats(after), parameters, 1e-6);
        }
    }

    [Fact]
    public void AdamW_treats_every_position_alike()
    {
        // 37 values fill whole vectors and a remainder of any width.
        float[] parameters = [.. Enumerable.Repeat(0.3f, 37)],
            direction = [.. Enumerable.Repeat(-0.7f, 37)];
        AdamW optimizer = new(1e-2);
        optimizer.Step(parameters, direction);
        optimizer.Step(parameters, direction);
        Assert.All(parameters, value => Assert.Equal(parameters[0], value, 1e-7));
    }

    [Fact]
    public void Gradient_descent_adds_the_rate_times_the_direction()
    {
        float[] parameters = [1f, 2f];
        new GradientDescent(0.5).Step(parameters, [4f, -2f]);
        Assert.Equal([3f, 1f], parameters);
    }

    [Fact]
    public void Momentum_keeps_part_of_the_last_step()
    {
        float[] parameters = [0f];
        GradientDescent optimizer = new(1, momentum: 0.5);
        optimizer.Step(parameters, [1f]);
        optimizer.Step(parameters, [1f]);
        optimizer.Step(parameters, [0f]);
        Assert.Equal([1f + 1.5f + 0.75f], parameters);
    }

    [Fact]
    public void The_unit_norm_constraint_holds_after_a_step_and_touches_only_layers_that_were_to_change()
    {
        FeedForwardNetwork network = new([
            new DenseLayer(40, 30, PiecewiseLinear.Relu),
            new DenseLayer(30, 5, new Softmax()),
        ]);
        network.Draw(Initialization.Hebbian, RandomStream.Create(1, "init"));
        float[] output = network.Layers[1].Weights.ToColumnMajorArray();
        Proposal proposal = new(network);
        RandomMatrix.Uniform(30, 40, 1).CopyTo(proposal.For(0).Weights);
        new NetworkOptimizer(network, OptimizerKind.Sgd, 0.05, WeightConstraint.UnitRows).Apply(proposal);
        Assert.All(network.Layers[0].Weights.EnumerateRows(), row => Assert.Equal(1, row.L2Norm(), 1e-5));
        Assert.Equal(output, network.Layers[1].Weights.ToColumnMajorArray());
    }

    [Fact]
    public void A_row_of_zeros_stays_under_the_unit_norm_constraint()
    {
        FeedForwardNetwork network = new([new DenseLayer(3, 2, PiecewiseLinear.Relu)]);
        Proposal proposal = new(network);
        proposal.For(0).Weights.Clear();
        proposal.For(0).Weights[1, 2] = 8f;
        new NetworkOptimizer(network, OptimizerKind.Sgd, 1, WeightConstraint.UnitRows).Apply(proposal);
        Assert.Equal([0f, 0f, 0f, 0f, 0f, 1f], network.Layers[0].Weights.AsColumnMajorArray());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void A_learning_rate_out_of_range_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new NetworkOptimizer(
                new FeedForwardNetwork([new DenseLayer(1, 1, new Identity())]),
                OptimizerKind.Sgd,
                rate,
                WeightConstraint.None
            )
        );
}
