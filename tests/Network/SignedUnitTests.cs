using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Network;

public class SignedUnitTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(101)]
    public void Signs_alternate_from_the_first_unit_on_in_every_sample(int units)
    {
        SignedRelu activation = new();
        Matrix<float> u = RandomMatrix.Uniform(units, 5, units),
            y = Matrix<float>.Build.Dense(units, 5),
            gradient = RandomMatrix.Uniform(units, 5, units + 1),
            pulled = gradient.Clone();
        activation.Apply(u, y);
        activation.PullBack(u, y, pulled);
        for (int j = 0; j < 5; j++)
        {
            for (int k = 0; k < units; k++)
            {
                float sign = k % 2 == 0 ? 1 : -1;
                Assert.Equal(sign, activation.SignOf(k));
                Assert.Equal(sign * Math.Max(u[k, j], 0), y[k, j]);
                Assert.Equal(u[k, j] > 0 ? sign * gradient[k, j] : 0, pulled[k, j]);
            }
        }
    }

    [Theory]
    [InlineData(Initialization.SignMatched, 0.1414)]
    [InlineData(Initialization.SignMatchedScaled, 0.025)]
    public void Sign_matched_weights_lead_to_units_of_their_sign_and_the_first_layer_is_free(
        Initialization initialization,
        double deviation
    )
    {
        FeedForwardNetwork network = Signed(100, 3);
        network.Draw(initialization, RandomStream.Create(3, "init"));
        Matrix<float> first = network.Layers[0].Weights,
            second = network.Layers[1].Weights,
            output = network.Layers[3].Weights;
        Assert.InRange(
            first.AsColumnMajorArray().Count(w => w > 0) / (double)(first.RowCount * first.ColumnCount),
            0.45,
            0.55
        );
        for (int k = 0; k < 100; k++)
        {
            Assert.All(second.Row(k), w => Assert.True(w * (k % 2 == 0 ? 1 : -1) >= 0));
        }

        Assert.All(output.AsColumnMajorArray(), w => Assert.True(w >= 0));
        Assert.Equal(deviation, Math.Sqrt(second.AsColumnMajorArray().Average(w => (double)w * w)), deviation * 0.03);
    }

    [Fact]
    public void Activity_of_sign_matched_networks_grows_by_the_derived_factor()
    {
        foreach (int units in new[] { 50, 100, 400 })
        {
            Assert.Equal(
                Math.Sqrt(units / Math.PI),
                Growth(units, Initialization.SignMatched),
                Math.Sqrt(units / Math.PI) * 0.08
            );
            Assert.Equal(2.5 / Math.Sqrt(2 * Math.PI), Growth(units, Initialization.SignMatchedScaled), 0.1);
        }

        static double Growth(int units, Initialization initialization)
        {
            List<double> factors = [];
            for (int seed = 1; seed <= 5; seed++)
            {
                FeedForwardNetwork network = Signed(units, 5);
                network.Draw(initialization, RandomStream.Create(seed, "init"));
                ForwardRecord record = network.CreateRecord(50);
                network.Forward(RandomMatrix.Uniform(21, 50, seed, -1.7, 1.7), record);
                factors.Add(Math.Pow(record.Layers[4].Output.L2Norm() / record.Layers[2].Output.L2Norm(), 0.5));
            }

            return factors.Average();
        }
    }

    private static FeedForwardNetwork Signed(int units, int depth) =>
        new([
            .. Enumerable.Range(0, depth).Select(l => new DenseLayer(l == 0 ? 21 : units, units, new SignedRelu())),
            new DenseLayer(units, 1, new Identity()),
        ]);
}
