using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.Backprop;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Network;

public class BatchNormalizationTests
{
    [Fact]
    public void Training_takes_the_batchs_moments_and_evaluation_their_running_averages()
    {
        DenseLayer layer = new(2, 2, new Identity(), Normalization.Batch);
        layer.Weights.SetDiagonal([1f, 1f]);
        FeedForwardNetwork network = new([layer]);
        ForwardRecord record = network.CreateRecord(4);
        Matrix<float> input = Matrix<float>.Build.Dense(2, 4, [1f, 10f, 2f, 10f, 3f, 10f, 6f, 10f]);
        network.Forward(input, record, RandomStream.Create(1, "dropout"));

        // The first unit has mean 3 and variance 3.5; the second never varies.
        Assert.Equal(-2 / Math.Sqrt(3.5 + BatchNormalization.Epsilon), record.Output[0, 0], 1e-6);
        Assert.Equal(3 / Math.Sqrt(3.5 + BatchNormalization.Epsilon), record.Output[0, 3], 1e-6);
        Assert.Equal(0, record.Output[1, 2], 1e-6);

        // The running mean is 0.1·3, the variance 0.9 + 0.1·3.5·4/3. For the second unit they are 0.1·10 and 0.9.
        network.Forward(input, record);
        Assert.Equal(
            (6 - 0.3) / Math.Sqrt(0.9 + (0.1 * 3.5 * 4 / 3) + BatchNormalization.Epsilon),
            record.Output[0, 3],
            1e-6
        );
        Assert.Equal((10 - 1) / Math.Sqrt(0.9 + BatchNormalization.Epsilon), record.Output[1, 0], 1e-5);
    }

    [Fact]
    public void In_evaluation_moments_are_constants_of_the_gradient()
    {
        DenseLayer layer = new(3, 2, new Identity(), Normalization.Batch);
        layer.Draw(Initialization.He, RandomStream.Create(2, "init"));
        FeedForwardNetwork network = new([layer]);
        ForwardRecord record = network.CreateRecord(5);
        Matrix<float> input = RandomMatrix.Uniform(3, 5, 1),
            gradient = RandomMatrix.Uniform(2, 5, 2),
            below = Matrix<float>.Build.Dense(3, 5);
        network.Forward(input, record, RandomStream.Create(1, "dropout"));
        network.Forward(input, record);
        layer.PullBack(record.Layers[0], gradient, below);
        Matrix<float> plain = layer.Weights.TransposeThisAndMultiply(gradient);
        for (int i = 0; i < 3; i++)
        {
            double deviation =
                (input[i, 1] - input[i, 0]) / (record.Layers[0].Normalized[i, 1] - record.Layers[0].Normalized[i, 0]);
            Assert.Equal(plain[i, 3] / deviation, below[i, 3], 1e-4);
        }
    }

    [Fact]
    public void A_batch_of_one_sample_is_no_harm()
    {
        FeedForwardNetwork network = new([new DenseLayer(3, 2, new Identity(), Normalization.Batch)]);
        network.Draw(Initialization.He, RandomStream.Create(1, "init"));
        ForwardRecord record = network.CreateRecord(1);
        network.Forward(RandomMatrix.Uniform(3, 1, 2), record, RandomStream.Create(1, "dropout"));
        Assert.All(record.Output.AsColumnMajorArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_gradient_is_the_difference_quotient(int seed)
    {
        FeedForwardNetwork network = new([
            new DenseLayer(4, 6, new HyperbolicTangent()),
            new DenseLayer(6, 5, new HyperbolicTangent(), Normalization.Batch),
            new DenseLayer(5, 2, new Identity(), Normalization.Batch),
        ]);
        network.Draw(Initialization.He, RandomStream.Create(seed, "init"));
        Matrix<float> input = RandomMatrix.Uniform(4, 9, seed),
            targets = RandomMatrix.Uniform(2, 9, seed + 50);
        Proposal proposal = Propose();
        Random random = new(seed);
        for (int l = 0; l < 3; l++)
        {
            float[] weights = network.Layers[l].Weights.AsColumnMajorArray(),
                original = [.. weights];
            float[] along = [.. weights.Select(_ => (float)(random.NextDouble() - 0.5))];
            double actual = proposal[l]!
                .Weights.AsColumnMajorArray()
                .Zip(along)
                .Sum(pair => (double)pair.First * pair.Second);
            double expected = (Loss(-2e-3f) - Loss(2e-3f)) / 4e-3;
            Assert.True(
                Math.Abs(expected - actual) < 2e-3 + (0.02 * Math.Abs(expected)),
                $"layer {l}: difference quotient {expected}, proposal {actual}"
            );

            double Loss(float step)
            {
                for (int i = 0; i < weights.Length; i++)
                {
                    weights[i] = original[i] + (step * along[i]);
                }

                double value = Propose().Loss!.Value;
                original.CopyTo(weights, 0);
                return value;
            }
        }

        Proposal Propose()
        {
            ForwardRecord record = network.CreateRecord(9);
            network.Forward(input, record, RandomStream.Create(1, "dropout"));
            Proposal result = new(network);
            new Backpropagation(new BackpropagationOptions()).Propose(
                new LearningStep(network, record, targets, null, new RandomStreams(1)),
                result
            );
            return result;
        }
    }
}
