using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.Backprop;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Algorithms;

public class BackpropagationTests
{
    public static TheoryData<string, Normalization, Loss> Cases
    {
        get
        {
            TheoryData<string, Normalization, Loss> cases = [];
            foreach (string activation in Activations.Names)
            {
                foreach (Normalization normalization in Enum.GetValues<Normalization>())
                {
                    cases.Add(activation, normalization, Loss.CrossEntropy);
                    cases.Add(activation, normalization, Loss.SquaredError);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_proposal_is_minus_the_gradient_of_the_loss(
        string activation,
        Normalization normalization,
        Loss loss
    )
    {
        FeedForwardNetwork network = new([
            new DenseLayer(7, 9, Activations.Parse(activation), normalization),
            new DenseLayer(9, 8, Activations.Parse(activation), normalization),
            new DenseLayer(8, 4, new Softmax(), normalization),
        ]);
        network.Draw(Initialization.He, RandomStream.Create(3, "init"));
        Matrix<float> input = RandomMatrix.Uniform(7, 6, 4, -2, 2);
        Matrix<float> targets = Matrix<float>.Build.Dense(4, 6, (k, j) => k == j % 4 ? 1f : 0f);
        ILearningRule rule = new Backpropagation(new BackpropagationOptions { Loss = loss });
        Proposal proposal = Propose(rule, network, input, targets);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            LayerProposal change = proposal[l]!;
            Check(
                network.Layers[l].Weights.AsColumnMajorArray(),
                change.Weights.AsColumnMajorArray(),
                $"weights of layer {l + 1}"
            );
            Check(network.Layers[l].Bias.AsArray(), change.Bias.AsArray(), $"biases of layer {l + 1}");
        }

        void Check(float[] parameters, float[] direction, string what)
        {
            // Along random directions the difference quotient is far above the rounding of single precision.
            for (int seed = 0; seed < 3; seed++)
            {
                float[] along = RandomMatrix.Uniform(parameters.Length, 1, seed).AsColumnMajorArray(),
                    original = (float[])parameters.Clone();
                double Loss(float step)
                {
                    for (int i = 0; i < parameters.Length; i++)
                    {
                        parameters[i] = original[i] + (step * along[i]);
                    }

                    double value = Propose(rule, network, input, targets).Loss!.Value;
                    original.CopyTo(parameters, 0);
                    return value;
                }

                const float size = 5e-4f;
                double expected = (Loss(-size) - Loss(size)) / (2 * size),
                    actual = direction.Zip(along).Sum(pair => (double)pair.First * pair.Second);
                Assert.True(
                    Math.Abs(expected - actual) < 2e-3 + (0.02 * Math.Abs(expected)),
                    $"{what}, direction {seed}: difference quotient {expected}, proposal {actual}"
                );
            }
        }
    }

    [Fact]
    public void Softmax_cross_entropy_has_PyTorchs_loss_and_gradient()
    {
        JsonElement fixture = PyTorchValues.Group("cross_entropy");
        FeedForwardNetwork network = new([new DenseLayer(3, 3, new Softmax())]);
        network.Layers[0].Weights.SetDiagonal([1f, 1f, 1f]);
        Matrix<float> logits = Matrix<float>.Build.Dense(3, 4, fixture.Floats("logits"));
        int[] labels = [.. fixture.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        Matrix<float> targets = Matrix<float>.Build.Dense(3, 4, (k, j) => k == labels[j] ? 1f : 0f);
        Proposal proposal = Propose(new Backpropagation(new BackpropagationOptions()), network, logits, targets);
        Assert.Equal(fixture.GetProperty("loss").GetDouble(), proposal.Loss!.Value, 1e-6);

        // With W = I, the weights' proposal is −gradient·logitsᵀ and the bias's is the sum of −gradient over the batch.
        Matrix<float> gradient = Matrix<float>.Build.Dense(3, 4, fixture.Floats("gradient"));
        PyTorchValues.AssertClose(
            (-gradient * logits.Transpose()).AsColumnMajorArray(),
            proposal[0]!.Weights.AsColumnMajorArray(),
            1e-5
        );
        PyTorchValues.AssertClose([.. (-gradient).RowSums()], proposal[0]!.Bias.AsArray(), 1e-6);
    }

    [Fact]
    public void The_gradient_passes_through_dropout_as_the_forward_pass_did()
    {
        FeedForwardNetwork network = new([
            new DenseLayer(5, 40, new Identity()),
            new DenseLayer(40, 3, new Softmax(), dropout: 0.5),
        ]);
        network.Draw(Initialization.He, RandomStream.Create(1, "init"));
        ForwardRecord record = network.CreateRecord(1);
        network.Forward(RandomMatrix.Uniform(5, 1, 2), record, RandomStream.Create(1, "dropout"));
        Proposal proposal = new(network);
        new Backpropagation(new BackpropagationOptions()).Propose(
            new LearningStep(
                network,
                record,
                Matrix<float>.Build.Dense(3, 1, [1f, 0f, 0f]),
                null,
                new RandomStreams(1)
            ),
            proposal
        );
        for (int o = 0; o < 40; o++)
        {
            Assert.Equal(record.Layers[1].DropoutMask[o, 0] == 0f, proposal[0]!.Bias[o] == 0f);
        }
    }

    [Fact]
    public void Cross_entropy_refuses_an_output_layer_that_is_no_softmax() =>
        Assert.Contains(
            "--output softmax",
            Assert
                .Throws<ArgumentException>(() =>
                    new Backpropagation(new BackpropagationOptions { Loss = Loss.CrossEntropy }).CreateState(
                        new([new DenseLayer(1, 1, new Identity())]),
                        new RandomStreams(1)
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    private static Proposal Propose(
        ILearningRule rule,
        FeedForwardNetwork network,
        Matrix<float> input,
        Matrix<float> targets
    )
    {
        ForwardRecord record = network.CreateRecord(input.ColumnCount);
        network.Forward(input, record);
        Proposal proposal = new(network);
        rule.Propose(
            new LearningStep(
                network,
                record,
                targets,
                rule.CreateState(network, new RandomStreams(1)),
                new RandomStreams(1)
            ),
            proposal
        );
        return proposal;
    }
}
