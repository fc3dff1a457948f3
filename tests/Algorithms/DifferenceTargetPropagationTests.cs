using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.Backprop;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Evaluation.Records;
using Reproduction.Network;
using Reproduction.Numerics;
using Reproduction.Tests.Evaluation;

namespace Reproduction.Tests.Algorithms;

public class DifferenceTargetPropagationTests
{
    [Fact]
    public void With_one_hidden_layer_it_points_as_backprop()
    {
        (FeedForwardNetwork network, ForwardRecord record, Matrix<float> targets) = Drawn([5, 9, 3]);
        Proposal own = Propose(
                new DifferenceTargetPropagation(new DifferenceTargetPropagationOptions { TargetStep = 0.25 }),
                network,
                record,
                targets,
                null
            ),
            backprop = new(network);
        new Backpropagation(new BackpropagationOptions()).Propose(
            new LearningStep(network, record, targets, null, new RandomStreams(1)),
            backprop
        );
        Assert.True((own[1]!.Weights - backprop[1]!.Weights).L2Norm() < 1e-6);
        Assert.True((own[0]!.Weights - (backprop[0]!.Weights * 0.25f)).L2Norm() < 1e-6);
        Assert.True((own[0]!.Bias - (backprop[0]!.Bias * 0.25f)).L2Norm() < 1e-6);
    }

    [Fact]
    public void The_target_below_is_the_difference_of_the_inverses()
    {
        (FeedForwardNetwork network, ForwardRecord record, Matrix<float> targets) = Drawn([5, 6, 7, 3]);
        DifferenceTargetPropagationState state = Inverses(network);
        Proposal proposal = Propose(
            new DifferenceTargetPropagation(
                new DifferenceTargetPropagationOptions
                {
                    Schedule = InverseSchedule.Parallel,
                    InverseRate = 0,
                    TargetStep = 0.5,
                }
            ),
            network,
            record,
            targets,
            state
        );
        Matrix<float> v = Matrix<float>.Build.Dense(6, 7, state.Inverses[0].Weights),
            h = record.Layers[1].Output;
        Matrix<float> wanted = h + (network.Layers[2].Weights.TransposeThisAndMultiply(targets - record.Output) * 0.5f);
        Matrix<float> difference = (v * wanted).Map(MathF.Tanh) - (v * h).Map(MathF.Tanh);
        Matrix<float> delta =
            difference.PointwiseMultiply(record.Layers[0].Output.Map(y => 1 - (y * y))) / record.Samples;
        Assert.True((proposal[0]!.Weights - delta.TransposeAndMultiply(record.Layers[0].Input)).L2Norm() < 1e-5);
        Assert.True((proposal[0]!.Bias - delta.RowSums()).L2Norm() < 1e-5);
    }

    [Fact]
    public void Inverses_learn_and_the_schedule_decides_when()
    {
        (FeedForwardNetwork network, ForwardRecord record, Matrix<float> targets) = Drawn([5, 8, 8, 3]);
        DifferenceTargetPropagationState state = Inverses(network);
        DifferenceTargetPropagation rule = new(new DifferenceTargetPropagationOptions { InverseRate = 0.05 });
        double[] losses =
        [
            .. Enumerable
                .Range(0, 300)
                .Select(_ => Propose(rule, network, record, targets, state).Notes["inverseLoss"]),
        ];
        Assert.True(losses[^1] < 0.3 * losses[0], $"{losses[0]} → {losses[^1]}");
        Matrix<float> alternating = Propose(
            new DifferenceTargetPropagation(new DifferenceTargetPropagationOptions { InverseRate = 0.05 }),
            network,
            record,
            targets,
            null
        )[0]!.Weights;
        Matrix<float> parallel = Propose(
            new DifferenceTargetPropagation(
                new DifferenceTargetPropagationOptions { InverseRate = 0.05, Schedule = InverseSchedule.Parallel }
            ),
            network,
            record,
            targets,
            null
        )[0]!.Weights;
        Assert.NotEqual(alternating, parallel);

        // The rule's state survives being written and read.
        DifferenceTargetPropagationState copy = JsonSerializer.Deserialize<DifferenceTargetPropagationState>(
            JsonSerializer.Serialize(state)
        )!;
        Assert.Equal(
            Propose(rule, network, record, targets, state)[0]!.Weights,
            Propose(rule, network, record, targets, copy)[0]!.Weights
        );
    }

    [Fact]
    public void The_loss_is_that_of_the_output_layer()
    {
        DifferenceTargetPropagation rule = new(new DifferenceTargetPropagationOptions());
        (FeedForwardNetwork network, ForwardRecord record, Matrix<float> targets) = Drawn([5, 6, 3]);
        double likelihood = Enumerable.Range(0, 20).Sum(j => Math.Log(record.Output[j % 3, j]));
        Assert.Equal(-likelihood / 20, Propose(rule, network, record, targets, null).Loss!.Value, 1e-5);

        // Without a softmax it is half the squared error, and the error passes back through the output's activation.
        (network, record, targets) = Drawn([5, 3], new HyperbolicTangent());
        Matrix<float> error = targets - record.Output;
        Proposal proposal = Propose(rule, network, record, targets, null);
        Assert.Equal(Math.Pow(error.FrobeniusNorm(), 2) / 2 / 20, proposal.Loss!.Value, 1e-5);
        Matrix<float> delta = error.PointwiseMultiply(record.Output.Map(y => 1 - (y * y))) / 20;
        Assert.True((proposal[0]!.Weights - (delta * record.Layers[0].Input.Transpose())).L2Norm() < 1e-6);
    }

    [Fact]
    public void An_inverse_takes_one_step_down_its_error_by_hand()
    {
        // g(h) = tanh(½h + 0.1) for h = 1 and 2 should be 0.2 and 0.9; f' = 1 − g², and the step is 0.5.
        LearnedInverse inverse = new()
        {
            Weights = [0.5f],
            Bias = [0.1f],
            WeightVelocity = [2f],
            BiasVelocity = [0f],
        };
        double g1 = Math.Tanh(0.6),
            g2 = Math.Tanh(1.1);
        double slope1 = (0.2 - g1) * (1 - (g1 * g1)) / 2,
            slope2 = (0.9 - g2) * (1 - (g2 * g2)) / 2;
        double loss = inverse.Learn(
            Matrix<float>.Build.Dense(1, 2, [1f, 2f]),
            Matrix<float>.Build.Dense(1, 2, [0.2f, 0.9f]),
            new HyperbolicTangent(),
            0.5
        );
        Assert.Equal((Math.Pow(0.2 - g1, 2) + Math.Pow(0.9 - g2, 2)) / 4, loss, 1e-6);
        Assert.Equal(0.5 + (0.5 * ((0.9 * 2) + slope1 + (2 * slope2))), inverse.Weights[0], 1e-6);
        Assert.Equal(0.1 + (0.5 * (slope1 + slope2)), inverse.Bias[0], 1e-6);
    }

    [Theory]
    [InlineData(InverseSchedule.Alternating)]
    [InlineData(InverseSchedule.Parallel)]
    public void Inverses_learn_from_what_the_layer_makes_of_its_input(InverseSchedule schedule)
    {
        (FeedForwardNetwork network, ForwardRecord record, Matrix<float> targets) = Drawn([5, 6, 7, 3]);
        network.Layers[1].Bias.Add(0.7f, network.Layers[1].Bias);
        network.Forward(record.Layers[0].Input.Clone(), record);
        DifferenceTargetPropagationState state = Inverses(network);
        float[] before = [.. state.Inverses[0].Weights];
        Matrix<float> h = record.Layers[0].Output,
            error = h - (Matrix<float>.Build.Dense(6, 7, [.. before]) * record.Layers[1].Output).Map(MathF.Tanh);
        Proposal proposal = Propose(
            new DifferenceTargetPropagation(
                new DifferenceTargetPropagationOptions { InverseNoise = 0, Schedule = schedule }
            ),
            network,
            record,
            targets,
            state
        );
        Assert.Equal(Math.Pow(error.FrobeniusNorm(), 2) / 2 / 20, proposal.Notes["inverseLoss"], 1e-5);
        Assert.NotEqual(before, state.Inverses[0].Weights);
        Assert.Contains(before, value => value != 0);
    }

    [Fact]
    public void Normalisation_and_dropout_are_refused_in_any_layer()
    {
        ILearningRule rule = new DifferenceTargetPropagation(new DifferenceTargetPropagationOptions());
        foreach (
            DenseLayer closed in new[]
            {
                new DenseLayer(3, 3, new HyperbolicTangent(), Normalization.Layer),
                new DenseLayer(3, 3, new HyperbolicTangent(), dropout: 0.5),
            }
        )
        {
            FeedForwardNetwork network = new([closed, new DenseLayer(3, 2, new Softmax())]);
            Assert.Throws<ArgumentException>(() => rule.CreateState(network, new RandomStreams(1)));
        }
    }

    [Theory]
    [InlineData("difference-target-propagation", 0.9)]
    [InlineData("target-propagation", 0.75)]
    public void It_learns_and_its_notes_are_kept(string rule, double accuracy)
    {
        RunRecord record = Toy.Run(
            Toy.Spec(rule) with
            {
                Hidden = [16, 16],
                Epochs = 60,
                Batch = 50,
                LearningRate = rule == "target-propagation" ? 0.3 : 0.003,
            }
        );
        Assert.True(
            record.Measure(MeasureNames.TestAccuracy) >= accuracy,
            $"{record.Measure(MeasureNames.TestAccuracy)}"
        );
        string note = MeasureNames.Note(rule == "target-propagation" ? "disagreement" : "inverseLoss");
        Assert.True(record.Measures[note] > 0);
        Assert.NotEmpty(record.Curves[note].Steps);
    }

    private static (FeedForwardNetwork Network, ForwardRecord Record, Matrix<float> Targets) Drawn(
        int[] widths,
        Activation? output = null
    )
    {
        FeedForwardNetwork network = new([
            .. Enumerable
                .Range(0, widths.Length - 1)
                .Select(l => new DenseLayer(
                    widths[l],
                    widths[l + 1],
                    l == widths.Length - 2 ? output ?? new Softmax() : new HyperbolicTangent()
                )),
        ]);
        network.Draw(Initialization.Xavier, RandomStream.Create(2, "init"));
        ForwardRecord record = network.CreateRecord(20);
        network.Forward(RandomMatrix.Uniform(widths[0], 20, 3), record);
        return (network, record, Matrix<float>.Build.Dense(widths[^1], 20, (o, j) => o == j % widths[^1] ? 1f : 0f));
    }

    private static DifferenceTargetPropagationState Inverses(FeedForwardNetwork network) =>
        (DifferenceTargetPropagationState)
            ((ILearningRule)new DifferenceTargetPropagation(new DifferenceTargetPropagationOptions())).CreateState(
                network,
                new RandomStreams(1)
            )!;

    private static Proposal Propose(
        ILearningRule rule,
        FeedForwardNetwork network,
        ForwardRecord record,
        Matrix<float> targets,
        DifferenceTargetPropagationState? state
    )
    {
        Proposal proposal = new(network);
        rule.Propose(
            new LearningStep(
                network,
                record,
                targets,
                state ?? rule.CreateState(network, new RandomStreams(1)),
                new RandomStreams(1)
            ),
            proposal
        );
        return proposal;
    }
}
