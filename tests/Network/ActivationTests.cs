using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Tests.Network;

public class ActivationTests
{
    public static TheoryData<string> Names => [.. Activations.Names, "leaky-relu:0.3"];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_derivative_agrees_with_finite_differences(string name)
    {
        Activation activation = Activations.Parse(name);
        Matrix<float> u = RandomMatrix.Uniform(6, 4, 1, -2, 2),
            y = u.Clone(),
            g = RandomMatrix.Uniform(6, 4, 2);
        activation.Apply(u, y);
        Matrix<float> gradient = g.Clone();
        activation.PullBack(u, y, gradient);
        const float step = 1e-3f;
        for (int j = 0; j < u.ColumnCount; j++)
        {
            for (int i = 0; i < u.RowCount; i++)
            {
                double Loss(float change)
                {
                    Matrix<float> moved = u.Clone(),
                        output = u.Clone();
                    moved[i, j] += change;
                    activation.Apply(moved, output);
                    return output.Column(j).Zip(g.Column(j)).Sum(pair => (double)pair.First * pair.Second);
                }

                Assert.Equal((Loss(step) - Loss(-step)) / (2 * step), gradient[i, j], 1e-3);
            }
        }
    }

    [Fact]
    public void Values_are_those_of_the_formulas()
    {
        Matrix<float> u = Matrix<float>.Build.DenseOfColumnArrays([-1f, 0.5f, 2f]),
            y = u.Clone();
        float[] Values(string name)
        {
            Activations.Parse(name).Apply(u, y);
            return y.AsColumnMajorArray().ToArray();
        }

        Assert.Equal([-1f, 0.5f, 2f], Values("identity"));
        Assert.Equal([0f, 0.5f, 2f], Values("relu").Select(value => value + 0f));
        Assert.Equal([-0.01f, 0.5f, 2f], Values("leaky-relu"));
        Assert.Equal([-1f, 1f, 4f], Values("x-plus-relu"));
        Assert.Equal([0f, 0f, 1.5f], Values("triangle"));
        PyTorchValues.AssertClose([MathF.Tanh(-1f), MathF.Tanh(0.5f), MathF.Tanh(2f)], Values("tanh"), 1e-6);
        double sum = Math.Exp(-1) + Math.Exp(0.5) + Math.Exp(2);
        PyTorchValues.AssertClose(
            [(float)(Math.Exp(-1) / sum), (float)(Math.Exp(0.5) / sum), (float)(Math.Exp(2) / sum)],
            Values("softmax"),
            1e-6
        );
    }

    [Fact]
    public void Softmax_does_not_overflow()
    {
        float[] values = [1e30f, 1e30f, -1e30f];
        Softmax.Apply(values, 0.1f, values);
        Assert.Equal([0.5f, 0.5f, 0f], values);
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("leaky-relu")]
    [InlineData("leaky-relu:0.3")]
    [InlineData("x-plus-relu")]
    [InlineData("tanh")]
    public void The_inverse_round_trips(string name)
    {
        Activation activation = Activations.Parse(name);
        Assert.True(activation.IsInvertible);
        Matrix<float> u = RandomMatrix.Uniform(20, 30, 3, -2, 2),
            y = u.Clone(),
            back = u.Clone();
        activation.Apply(u, y);
        activation.Invert(y, back);
        PyTorchValues.AssertClose(u.AsColumnMajorArray(), back.AsColumnMajorArray(), 1e-5);
    }

    [Theory]
    [InlineData("relu")]
    [InlineData("triangle")]
    [InlineData("softmax")]
    public void What_has_no_inverse_says_so_with_the_list_of_those_that_have(string name)
    {
        Matrix<float> y = Matrix<float>.Build.Dense(2, 2);
        NotSupportedException exception = Assert.Throws<NotSupportedException>(() =>
            Activations.Parse(name).Invert(y, y)
        );
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Contains("x-plus-relu, tanh", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relux")]
    [InlineData("leaky-relu:2")]
    [InlineData("leaky-relu:x")]
    public void Unknown_names_are_refused_with_the_list(string name) =>
        Assert.Contains(
            "triangle",
            Assert.Throws<ArgumentException>(() => Activations.Parse(name)).Message,
            StringComparison.Ordinal
        );
}
