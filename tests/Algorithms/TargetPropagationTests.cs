using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.TargetProp;
using Reproduction.Evaluation.Training;
using Reproduction.Experiments.TargetPropagation.Instruments;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Algorithms;

public class TargetPropagationTests
{
    [Theory]
    [InlineData(DirectionDraw.Gaussian)]
    [InlineData(DirectionDraw.Sphere)]
    [InlineData(DirectionDraw.Orthonormal)]
    [InlineData(DirectionDraw.Conjugate)]
    public void As_many_directions_as_inputs_solve_a_linear_layer_in_one_step(DirectionDraw draw)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            (FeedForwardNetwork network, Matrix<float> input, Matrix<float> targets) = Linear(12, 4, 60, seed);
            Proposal proposal = Propose(
                network,
                input,
                targets,
                new TargetPropagationOptions
                {
                    Directions = 13,
                    Draw = draw,
                    Ridge = 0,
                    OutputTarget = OutputTarget.Exact,
                }
            );
            network.Layers[0].Weights.Add(proposal[0]!.Weights, network.Layers[0].Weights);
            network.Layers[0].Bias.Add(proposal[0]!.Bias, network.Layers[0].Bias);
            ForwardRecord record = network.CreateRecord(60);
            network.Forward(input, record);
            Assert.True(
                (record.Output - targets).L2Norm() < 2e-3 * targets.L2Norm(),
                $"{(record.Output - targets).L2Norm()} of {targets.L2Norm()}"
            );
        }
    }

    [Fact]
    public void One_direction_shrinks_a_neurons_squared_error_by_the_cosine_squared()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            Matrix<double> inputs = RandomMatrix.Uniform(9, 40, seed).ToDouble(),
                direction = RandomMatrix.Uniform(9, 1, seed + 10).ToDouble(),
                errors = RandomMatrix.Uniform(40, 3, seed + 20).ToDouble();
            Matrix<double> response = inputs.TransposeThisAndMultiply(direction),
                left = errors - (response * LineSearch.Solve(response, errors, 0, out int raised));
            Assert.Equal(0, raised);
            for (int o = 0; o < 3; o++)
            {
                double cosine =
                    response.Column(0).DotProduct(errors.Column(o)) / (response.L2Norm() * errors.Column(o).L2Norm());
                Assert.Equal(
                    1 - (cosine * cosine),
                    Math.Pow(left.Column(o).L2Norm() / errors.Column(o).L2Norm(), 2),
                    1e-5
                );
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Every_eigenmode_shrinks_at_the_predicted_rate(int directions)
    {
        // Per step, mode i of XXᵀ loses the fraction p_i = γλ_i/(1 + γλ_i) of its residual; γ is such that Σp_i = k.
        const int dimension = 24,
            draws = 3000;
        double[] eigenvalues = [.. Enumerable.Range(0, dimension).Select(i => Math.Pow(0.85, i))];
        double low = 0,
            high = 1e9;
        while (high - low > 1e-12 * high)
        {
            double middle = (low + high) / 2;
            (low, high) =
                eigenvalues.Sum(value => middle * value / (1 + (middle * value))) < directions
                    ? (middle, high)
                    : (low, middle);
        }

        // With X = Λ^½ the modes are the samples: 1 − (P)_ii of e_i is left, where P is the projection on XᵀD.
        Matrix<double> inputs = Matrix<double>.Build.DenseOfDiagonalArray([.. eigenvalues.Select(Math.Sqrt)]);
        double[] lost = new double[dimension];
        for (int draw = 0; draw < draws; draw++)
        {
            Matrix<double> block = DirectionBlock
                .Draw(
                    DirectionDraw.Gaussian,
                    directions,
                    Matrix<float>.Build.Dense(dimension, 1),
                    Matrix<float>.Build.Dense(1, 1),
                    [],
                    RandomStream.Create(draw, "direction"),
                    new StepMemory()
                )
                .ToDouble();
            Matrix<double> response = inputs.TransposeThisAndMultiply(block),
                projection =
                    response * LineSearch.Solve(response, Matrix<double>.Build.DenseIdentity(dimension), 0, out _);
            for (int i = 0; i < dimension; i++)
            {
                lost[i] += projection[i, i] / draws;
            }
        }

        for (int i = 0; i < dimension; i++)
        {
            double predicted = low * eigenvalues[i] / (1 + (low * eigenvalues[i]));
            Assert.True(
                Math.Abs(lost[i] - predicted) <= 0.1 * predicted,
                $"mode {i}: {lost[i]}, predicted {predicted}"
            );
        }

        Assert.Equal(directions, lost.Sum(), 1e-6);
    }

    [Theory]
    [InlineData(12, 1)]
    [InlineData(12, 4)]
    [InlineData(12, 5)]
    public void Conjugate_directions_finish_a_linear_layer_in_as_many_steps_as_blocks(int dimension, int directions)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            Matrix<double> inputs = RandomMatrix.Uniform(dimension, 50, seed).ToDouble(),
                solution = RandomMatrix.Uniform(dimension, 2, seed + 10).ToDouble();
            Matrix<double> errors = inputs.TransposeThisAndMultiply(solution);
            double start = errors.L2Norm();
            List<Matrix<double>> blocks = [];
            int steps = (dimension + directions - 1) / directions;
            for (int s = 0; s < steps; s++)
            {
                Assert.True(errors.L2Norm() > 1e-6 * start);
                int count = Math.Min(directions, dimension - (s * directions));
                Matrix<double> block = DirectionBlock.Conjugate(
                    RandomMatrix.Uniform(dimension, count, (100 * seed) + s).ToDouble(),
                    inputs,
                    blocks,
                    0
                );
                Matrix<double> response = inputs.TransposeThisAndMultiply(block);
                errors -= response * LineSearch.Solve(response, errors, 0, out _);
                blocks.Add(block);
            }

            Assert.True(errors.L2Norm() < 1e-9 * start, $"{errors.L2Norm() / start}");
        }
    }

    [Fact]
    public void As_written_divides_by_what_the_text_divides_by()
    {
        (FeedForwardNetwork network, Matrix<float> input, Matrix<float> targets) = Linear(3, 2, 7, 4);
        network.Layers[0].Draw(Initialization.He, RandomStream.Create(3, "init"));
        ForwardRecord record = network.CreateRecord(7);
        network.Forward(input, record);
        Proposal proposal = Propose(
            network,
            input,
            targets,
            new TargetPropagationOptions
            {
                Estimator = Estimator.AsWritten,
                Directions = 1,
                OutputTarget = OutputTarget.Exact,
            }
        );
        Matrix<float> direction = DirectionBlock.Draw(
            DirectionDraw.Gaussian,
            1,
            Matrix<float>.Build.Dense(4, 1),
            Matrix<float>.Build.Dense(1, 1),
            [],
            new RandomStreams(1)["direction"],
            new StepMemory()
        );
        for (int o = 0; o < 2; o++)
        {
            double along = Enumerable.Range(0, 3).Sum(i => network.Layers[0].Weights[o, i] * direction[i, 0]),
                mean = (targets - record.Output).Row(o).Average();
            Assert.Equal(mean / along * direction[1, 0], proposal[0]!.Weights[o, 1], 1e-4 * Math.Abs(mean / along));
            Assert.Equal(mean / along * direction[3, 0], proposal[0]!.Bias[o], 1e-4 * Math.Abs(mean / along));
        }
    }

    [Theory]
    [InlineData(Estimator.Mean, 7.3)]
    [InlineData(Estimator.Trimmed, 3.875)]
    [InlineData(Estimator.Median, 3.5)]
    public void Estimators_of_ten_factors_by_hand(Estimator estimator, double expected)
    {
        // The factors are 1, 1, 2, 2, 3, 4, 5, 6, 8, 41, from responses of 2. The trimmed mean omits one at each end.
        float[] factors = [41, 1, 2, 8, 2, 3, 4, 1, 6, 5];
        Factors taken = new(estimator, Gate.None, 0, new StepMemory());
        Assert.Equal(
            expected,
            taken.Of(
                Matrix<float>.Build.Dense(10, 1, 2f),
                Matrix<float>.Build.Dense(10, 1, [.. factors.Select(f => 2 * f)])
            )[0, 0],
            1e-5
        );
    }

    [Fact]
    public void The_gate_leaves_what_the_samples_agree_on()
    {
        // Factors 1, 3 and 2 have mean 2 and variance 1; the mean's variance is 1/3. The fraction 4/(4 + 1/3) is left.
        Matrix<float> response = Matrix<float>.Build.Dense(3, 1, 1f),
            errors = Matrix<float>.Build.Dense(3, 1, [1f, 3f, 2f]);
        Factors gated = new(Estimator.Mean, Gate.Variance, 0, new StepMemory());
        Assert.Equal(2 * 4 / (4 + (1 / 3.0)), gated.Of(response, errors)[0, 0], 1e-5);
        Assert.Equal(1 / 3.0 / (4 + (1 / 3.0)), gated.Disagreement!.Value, 1e-6);
        Assert.Equal(
            2,
            new Factors(Estimator.Mean, Gate.Variance, 0, new StepMemory()).Of(
                response,
                Matrix<float>.Build.Dense(3, 1, 2f)
            )[0, 0],
            1e-5
        );
    }

    [Theory]
    [InlineData(Estimator.LeastSquares)]
    [InlineData(Estimator.Mean)]
    [InlineData(Estimator.Trimmed)]
    [InlineData(Estimator.Median)]
    [InlineData(Estimator.AsWritten)]
    public void Singular_blocks_are_damped_and_counted_and_never_not_a_number(Estimator estimator)
    {
        foreach ((int samples, float scale) in new[] { (1, 1f), (2, 0f), (40, 1f) })
        {
            FeedForwardNetwork network = Deep([6, 8, 3]);
            Matrix<float> input = RandomMatrix.Uniform(6, samples, 1) * scale,
                targets = Matrix<float>.Build.Dense(3, samples, (o, j) => o == j % 3 ? 1f : 0f);
            Proposal proposal = Propose(
                network,
                input,
                targets,
                new TargetPropagationOptions
                {
                    Estimator = estimator,
                    Directions = 7,
                    Ridge = 0,
                }
            );
            Assert.All(
                Enumerable.Range(0, 2),
                l =>
                    Assert.All(
                        proposal[l]!.Weights.AsColumnMajorArray().Concat(proposal[l]!.Bias),
                        value => Assert.True(float.IsFinite(value))
                    )
            );
        }

        // Two of the directions are the same, and the third has no effect.
        Factors factors = new(estimator, Gate.None, 0, new StepMemory());
        Matrix<float> steps = factors.Of(
            Matrix<float>.Build.DenseOfArray(
                new[,]
                {
                    { 1f, 1f, 0f },
                    { 2f, 2f, 0f },
                }
            ),
            Matrix<float>.Build.Dense(2, 1, [1f, 2f])
        );
        Assert.All(steps.AsColumnMajorArray(), step => Assert.True(float.IsFinite(step)));
        Assert.True(factors.Damped > 0);
    }

    [Fact]
    public void What_has_no_inverse_is_refused_by_name()
    {
        string Refusal(FeedForwardNetwork network) =>
            Assert
                .Throws<ArgumentException>(() =>
                    ((ILearningRule)new TargetPropagation(new TargetPropagationOptions())).CreateState(
                        network,
                        new RandomStreams(1)
                    )
                )
                .Message;
        Assert.Contains(
            "relu has none; invertible are: identity, leaky-relu, x-plus-relu (--activation, --output)",
            Refusal(new([new DenseLayer(3, 3, PiecewiseLinear.Relu), new DenseLayer(3, 2, new Identity())])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "softmax has none",
            Refusal(new([new DenseLayer(3, 2, new Softmax())])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "tanh does not reach every number, as targets may be; invertible are: identity, leaky-relu, x-plus-relu (",
            Refusal(new([new DenseLayer(3, 3, new HyperbolicTangent()), new DenseLayer(3, 2, new Identity())])),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no inverse for normalisation or dropout",
            Refusal(
                new([new DenseLayer(3, 3, new Identity(), Normalization.Layer), new DenseLayer(3, 2, new Identity())])
            ),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "no inverse for normalisation or dropout",
            Refusal(new([new DenseLayer(3, 2, new Identity(), dropout: 0.5)])),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void By_the_slope_a_target_is_pulled_back_and_by_the_inverse_divided()
    {
        // One output unit above one unit of slope 0.5, and one sample: u = −2, x = −1, and the target is −1.25.
        foreach (
            (ActivationPass pass, double expected) in new[]
            {
                (ActivationPass.Slope, 0.5),
                (ActivationPass.Inverse, 2.0),
            }
        )
        {
            FeedForwardNetwork network = new([
                new DenseLayer(1, 1, PiecewiseLinear.LeakyRelu(0.5f)),
                new DenseLayer(1, 1, new Identity()),
            ]);
            network.Layers[0].Weights[0, 0] = -2;
            network.Layers[1].Weights[0, 0] = 1;
            Matrix<float> input = Matrix<float>.Build.Dense(1, 1, 1f);

            // If the weights stay unchanged, x must fall by 0.25, so u must fall by 0.125 or by 0.5.
            Proposal recorded = Measure<TargetInstrument>(
                network,
                input,
                Matrix<float>.Build.Dense(1, 1, -1.25f),
                new TargetPropagationOptions
                {
                    ActivationPass = pass,
                    Directions = 2,
                    Draw = DirectionDraw.Orthonormal,
                    Ridge = 0,
                    OutputTarget = OutputTarget.Exact,
                    WeightDamping = 0,
                }
            );
            Assert.Equal(expected, recorded.Notes["pass.hidden1"], 1e-5);
            Assert.Equal(1, recorded.Notes["pull.output"], 1e-5);
        }
    }

    [Fact]
    public void Down_the_gradient_and_by_margins_real_targets_are_the_targets_themselves()
    {
        (FeedForwardNetwork network, Matrix<float> input, Matrix<float> targets) = Linear(5, 3, 20, 6);
        Proposal Of(OutputTarget target, Matrix<float> of) =>
            Propose(network, input, of, new TargetPropagationOptions { OutputTarget = target });
        Assert.Equal(Of(OutputTarget.Exact, targets)[0]!.Weights, Of(OutputTarget.Gradient, targets)[0]!.Weights);
        Assert.Equal(Of(OutputTarget.Exact, targets)[0]!.Weights, Of(OutputTarget.Margin, targets)[0]!.Weights);

        // Nor are targets classes of which a sample has two, or none, or half of each.
        foreach (float[] two in new float[][] { [1, 1, 0], [0, 0, 0], [0.5f, 0.5f, 0], [2, -1, 0] })
        {
            Matrix<float> some = Matrix<float>.Build.Dense(
                3,
                20,
                (o, j) =>
                    j == 7 ? two[o]
                    : o == j % 3 ? 1f
                    : 0f
            );
            Assert.Equal(Of(OutputTarget.Exact, some)[0]!.Weights, Of(OutputTarget.Gradient, some)[0]!.Weights);
        }
    }

    [Theory]
    [InlineData(OutputTarget.Exact)]
    [InlineData(OutputTarget.Gradient)]
    [InlineData(OutputTarget.Margin)]
    public void The_output_is_asked_for_its_target(OutputTarget target)
    {
        // Three directions for two inputs and a bias, and three samples: a step solves the output layer exactly, so
        // the outputs change by the errors themselves.
        FeedForwardNetwork network = new([new DenseLayer(2, 2, new Identity())]);
        network.Layers[0].Weights[0, 0] = 2;
        network.Layers[0].Weights[1, 1] = -1.5f;
        Matrix<float> input = Matrix<float>.Build.Dense(2, 3, [1f, 1f, 0f, 1f, -1f, 0.5f]),
            targets = Matrix<float>.Build.Dense(2, 3, [1f, 0f, 0f, 1f, 0f, 1f]);
        Proposal proposal = Propose(
            network,
            input,
            targets,
            new TargetPropagationOptions
            {
                OutputTarget = target,
                Draw = DirectionDraw.Orthonormal,
                Ridge = 0,
            }
        );
        Matrix<float> output = network.Layers[0].Weights * input;
        double squares = 0;
        for (int j = 0; j < 3; j++)
        {
            double[] y = [output[0, j], output[1, j]];
            for (int o = 0; o < 2; o++)
            {
                double error = target switch
                {
                    OutputTarget.Exact => targets[o, j] - y[o],
                    OutputTarget.Gradient => targets[o, j] - (Math.Exp(y[o]) / y.Sum(Math.Exp)),
                    _ => targets[o, j] == 1 ? Math.Max(0, 1 - y[o]) : -Math.Max(0, 1 + y[o]),
                };
                squares += error * error;
                double change = (proposal[0]!.Weights.Row(o) * input.Column(j)) + proposal[0]!.Bias[o];
                Assert.Equal(error, change, 1e-4);
            }
        }

        Assert.Equal(squares / 2 / 3, proposal.Loss!.Value, 1e-5);
    }

    [Fact]
    public void The_layer_below_is_asked_for_the_share_of_the_activation_step_that_is_taken()
    {
        Proposal Of(double damping) =>
            Propose(
                Deep([4, 5, 2]),
                RandomMatrix.Uniform(4, 9, 1),
                RandomMatrix.Uniform(2, 9, 2),
                new TargetPropagationOptions { ActivationDamping = damping, OutputTarget = OutputTarget.Exact }
            );
        Matrix<float> whole = Of(1)[0]!.Weights,
            half = Of(0.5)[0]!.Weights;
        Assert.True((whole - (half * 2)).L2Norm() < 1e-5 * whole.L2Norm());
        Assert.Equal(Of(1)[1]!.Weights, Of(0.5)[1]!.Weights);
    }

    [Fact]
    public void As_written_activations_move_by_the_mean_error_over_what_the_text_divides_by()
    {
        FeedForwardNetwork network = Deep([3, 4, 2]);
        Proposal proposal = Propose(
            network,
            RandomMatrix.Uniform(3, 6, 1),
            RandomMatrix.Uniform(2, 6, 2),
            new TargetPropagationOptions
            {
                Estimator = Estimator.AsWritten,
                Directions = 1,
                OutputTarget = OutputTarget.Exact,
            }
        );
        LayerStep output = ((TargetPropagationWorkings)proposal.Workings!).Steps[0];
        for (int j = 0; j < 6; j++)
        {
            double along = Enumerable.Range(0, 4).Sum(i => output.Inputs[i, j] * output.Block[i, 0]),
                mean = output.Remaining!.Column(j).Average();
            for (int i = 0; i < 4; i++)
            {
                double expected = mean / along * output.Block[i, 0];
                Assert.Equal(expected, output.Moved![i, j], 1e-4 * Math.Abs(expected));
            }
        }
    }

    [Fact]
    public void Conjugate_blocks_are_kept_until_they_span_the_inputs()
    {
        // Three inputs and a bias: two blocks of two directions span them.
        (FeedForwardNetwork network, Matrix<float> input, Matrix<float> targets) = Linear(3, 2, 9, 1);
        int[] Kept(DirectionDraw draw)
        {
            ILearningRule rule = new TargetPropagation(new TargetPropagationOptions { Draw = draw, Directions = 2 });
            TargetPropagationState state = (TargetPropagationState)rule.CreateState(network, new RandomStreams(1))!;
            ForwardRecord record = network.CreateRecord(9);
            network.Forward(input, record);
            return
            [
                .. Enumerable
                    .Range(1, 4)
                    .Select(seed =>
                    {
                        rule.Propose(
                            new LearningStep(network, record, targets, state, new RandomStreams(seed)),
                            new Proposal(network)
                        );
                        return state.Blocks[0].Count;
                    }),
            ];
        }

        Assert.Equal([1, 0, 1, 0], Kept(DirectionDraw.Conjugate));
        Assert.Equal([0, 0, 0, 0], Kept(DirectionDraw.Gaussian));
    }

    [Fact]
    public void Damped_solutions_of_both_steps_are_counted()
    {
        // One sample cannot tell more than one direction, in either layer; and output weights of 0 move no target.
        FeedForwardNetwork network = Deep([3, 4, 2]);
        network.Layers[1].Weights.Clear();
        Proposal proposal = Propose(
            network,
            RandomMatrix.Uniform(3, 1, 1),
            Matrix<float>.Build.Dense(2, 1, 1f),
            new TargetPropagationOptions
            {
                Ridge = 0,
                WeightDamping = 0,
                OutputTarget = OutputTarget.Exact,
            }
        );
        Assert.Equal(3, proposal.Notes["damped"]);
        Assert.InRange(proposal.Notes["disagreement"], 0, 1);
    }

    [Fact]
    public void By_the_slope_one_output_asks_hidden_units_for_the_gradient_and_by_the_inverse_it_does_not()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            double Cosine(ActivationPass pass) =>
                Measure<TargetInstrument>(
                    Deep([6, 5, 1], seed),
                    RandomMatrix.Uniform(6, 9, seed),
                    Matrix<float>.Build.Dense(1, 9, 3f),
                    new TargetPropagationOptions
                    {
                        ActivationPass = pass,
                        Directions = 100,
                        Draw = DirectionDraw.Orthonormal,
                        Ridge = 0.01,
                        OutputTarget = OutputTarget.Exact,
                        WeightDamping = 0,
                    }
                ).Notes["cosine.hidden1"];
            Assert.Equal(1, Cosine(ActivationPass.Slope), 1e-4);
            Assert.InRange(Cosine(ActivationPass.Inverse), 0.3, 0.97);
        }
    }

    [Fact]
    public void A_layer_below_is_asked_only_for_what_the_new_weights_above_leave()
    {
        // The targets are a linear function of the hidden outputs, and as many directions as inputs solve the output
        // layer in one step. Its new weights leave no error, so the hidden layer has nothing to change. Half of that
        // step leaves half of the error.
        for (int seed = 1; seed <= 3; seed++)
        {
            FeedForwardNetwork network = new([
                new DenseLayer(8, 6, new Identity()),
                new DenseLayer(6, 3, new Identity()),
            ]);
            network.Draw(Initialization.He, RandomStream.Create(seed, "init"));
            Matrix<float> input = RandomMatrix.Uniform(8, 40, seed),
                targets = RandomMatrix.Uniform(3, 6, seed + 100) * (network.Layers[0].Weights * input) + 0.3f;
            double HiddenChange(double damping) =>
                Propose(
                    network,
                    input,
                    targets,
                    new TargetPropagationOptions
                    {
                        Directions = 9,
                        Draw = DirectionDraw.Orthonormal,
                        Ridge = 0,
                        OutputTarget = OutputTarget.Exact,
                        WeightDamping = damping,
                    },
                    seed
                )[0]!.Weights.L2Norm();
            Assert.InRange(HiddenChange(0.5), 0.1, 100);
            Assert.InRange(HiddenChange(1), 0, 1e-3 * HiddenChange(0.5));
        }
    }

    [Fact]
    public void Targets_grow_no_more_than_their_bounds()
    {
        for (int seed = 1; seed <= 10; seed++)
        {
            foreach (ActivationPass pass in Enum.GetValues<ActivationPass>())
            {
                IReadOnlyDictionary<string, double> notes = Measure<TargetInstrument>(
                    Deep([6, 9, 7, 3], seed),
                    RandomMatrix.Uniform(6, 30, seed),
                    Matrix<float>.Build.Dense(3, 30, (o, j) => o == j % 3 ? 1f : 0f),
                    new TargetPropagationOptions
                    {
                        ActivationPass = pass,
                        Directions = 1 + seed,
                        Ridge = 1e-4,
                    }
                ).Notes;
                foreach (
                    (string kind, string layer) in new[]
                    {
                        ("pull", "output"),
                        ("pull", "hidden2"),
                        ("pass", "hidden2"),
                        ("pass", "hidden1"),
                    }
                )
                {
                    Assert.InRange(notes[$"{kind}.{layer}"], 0, notes[$"{kind}Bound.{layer}"] * (1 + 1e-4));
                }

                Assert.Equal(pass == ActivationPass.Slope ? 1 : 2, notes["passBound.hidden1"], 1e-5);
            }
        }
    }

    [Fact]
    public void Recorded_modes_lose_what_is_predicted_and_add_up_to_what_can_be_reduced()
    {
        Dictionary<string, double> sums = [];
        (FeedForwardNetwork network, Matrix<float> input, Matrix<float> targets) = Linear(11, 2, 40, 3);
        const int draws = 400;
        for (int seed = 1; seed <= draws; seed++)
        {
            foreach (
                (string name, double value) in Measure<ModeInstrument>(
                    network,
                    input,
                    targets,
                    new TargetPropagationOptions
                    {
                        Directions = 4,
                        Ridge = 0,
                        OutputTarget = OutputTarget.Exact,
                    },
                    seed
                ).Notes
            )
            {
                sums[name] = sums.GetValueOrDefault(name) + (value / draws);
            }
        }

        Assert.Equal(12, sums["modes.count"], 1e-9);
        Assert.All(
            Enumerable.Range(1, 4),
            band =>
                Assert.Equal(
                    sums[$"modes.{band}.predicted"],
                    sums[$"modes.{band}.lost"],
                    0.1 * sums[$"modes.{band}.predicted"]
                )
        );
        Assert.Equal(
            sums["modes.reducible"],
            Enumerable.Range(1, 4).Sum(band => sums[$"modes.{band}.squares"]),
            1e-9 * sums["modes.reducible"]
        );

        // The targets are linear in the inputs, so all of their squared norm can be reduced.
        Assert.Equal(
            Math.Pow(targets.FrobeniusNorm(), 2) / 40,
            sums["modes.reducible"],
            1e-3 * sums["modes.reducible"]
        );
    }

    [Fact]
    public void The_recorded_expansion_is_what_the_change_of_the_output_is()
    {
        (FeedForwardNetwork network, Matrix<float> input, Matrix<float> targets) = Linear(3, 1, 1, 2);
        network.Layers[0].Draw(Initialization.He, RandomStream.Create(3, "init"));
        IReadOnlyDictionary<string, double> notes = Measure<ExpansionInstrument>(
            network,
            input,
            targets,
            new TargetPropagationOptions { OutputTarget = OutputTarget.Exact }
        ).Notes;
        Vector<double> x = input.Column(0).ToDouble(),
            w = network.Layers[0].Weights.Row(0).ToDouble();
        double dy = targets[0, 0] - (x * w);
        Assert.Equal(Math.Abs(0.3 * dy * ((x * x) + (w * w))), notes["expansion.linear.0.3"], 1e-5);
        Assert.Equal(Math.Abs(0.09 * dy * dy * (x * w)), notes["expansion.quadratic.0.3"], 1e-5);
        Assert.Equal(Math.Abs(0.3 * dy), notes["expansion.ideal.0.3"], 1e-6);
        Assert.Equal(notes["expansion.predicted.0.3"], notes["expansion.measured.0.3"], 1e-9);
    }

    [Fact]
    public void Recorded_factors_have_the_tail_that_they_were_given()
    {
        // The input is constant: along any direction, a neuron's factors are proportional to its errors. The fraction
        // of errors above M falls as M⁻²: the exponent is 2 and the median √2.
        Matrix<float> targets = Matrix<float>.Build.Dense(1, 2000, (_, j) => (float)Math.Sqrt(2000 / (j + 0.5)));
        IReadOnlyDictionary<string, double> notes = Measure<FactorInstrument>(
            new([new DenseLayer(1, 1, new Identity())]),
            Matrix<float>.Build.Dense(1, 2000, 1f),
            targets,
            new TargetPropagationOptions { OutputTarget = OutputTarget.Exact, Directions = 1 }
        ).Notes;
        Assert.Equal(2, notes["tail.corrected.output"], 0.3);
        Assert.Equal(1 / (2.0 * 9), notes["exceeds.corrected.output.3"], 1e-3);
        Assert.Equal(1 / (2.0 * 100), notes["exceeds.weighted.output.10"], 1e-3);
        Assert.False(notes.ContainsKey("rank.variance.output"));
    }

    [Fact]
    public void Disagreement_marks_the_directions_that_help_only_where_there_is_something_to_learn()
    {
        Matrix<float> input = RandomMatrix.Uniform(10, 4000, 1),
            targets = RandomMatrix.Uniform(3, 10, 2) * input,
            noise = RandomMatrix.Uniform(3, 4000, 3);
        IReadOnlyDictionary<string, double> Of(Matrix<float> wanted) =>
            Measure<FactorInstrument>(
                new([new DenseLayer(10, 3, new Identity())]),
                input,
                wanted,
                new TargetPropagationOptions { OutputTarget = OutputTarget.Exact, Directions = 11 }
            ).Notes;
        IReadOnlyDictionary<string, double> learnable = Of(targets),
            unlearnable = Of(noise);
        Assert.True(learnable["rank.disagreement.output"] < -0.9, $"{learnable["rank.disagreement.output"]}");
        Assert.True(learnable["gain.disagreement.output.1"] > 5 * Math.Abs(learnable["gain.disagreement.output.5"]));
        Assert.InRange(learnable["gain.disagreement.output.1"], 0, 1);

        // On noise, a step found by line search does harm on other samples, and the more so the better it looked.
        Assert.True(unlearnable["rank.disagreement.output"] > 0.2, $"{unlearnable["rank.disagreement.output"]}");
        Assert.True(unlearnable["gain.disagreement.output.1"] < 0);
    }

    private static (FeedForwardNetwork Network, Matrix<float> Input, Matrix<float> Targets) Linear(
        int inputs,
        int outputs,
        int samples,
        int seed
    )
    {
        FeedForwardNetwork network = new([new DenseLayer(inputs, outputs, new Identity())]);
        Matrix<float> input = RandomMatrix.Uniform(inputs, samples, seed),
            solution = RandomMatrix.Uniform(outputs, inputs, seed + 100);
        return (network, input, (solution * input) + 0.3f);
    }

    private static FeedForwardNetwork Deep(int[] widths, int seed = 1)
    {
        FeedForwardNetwork network = new([
            .. Enumerable
                .Range(0, widths.Length - 1)
                .Select(l => new DenseLayer(
                    widths[l],
                    widths[l + 1],
                    l == widths.Length - 2 ? new Identity() : PiecewiseLinear.LeakyRelu(0.5f)
                )),
        ]);
        network.Draw(Initialization.He, RandomStream.Create(seed, "init"));
        return network;
    }

    /// <summary>Proposes a step, of which an instrument then notes what it measures.</summary>
    private static Proposal Measure<TInstrument>(
        FeedForwardNetwork network,
        Matrix<float> input,
        Matrix<float> targets,
        TargetPropagationOptions options,
        int seed = 1
    )
        where TInstrument : ITrainingObserver, new()
    {
        Proposal proposal = Propose(network, input, targets, options, seed);
        new TInstrument().BeforeStep(1, network, network.CreateRecord(input.ColumnCount), targets, proposal);
        return proposal;
    }

    private static Proposal Propose(
        FeedForwardNetwork network,
        Matrix<float> input,
        Matrix<float> targets,
        TargetPropagationOptions options,
        int seed = 1
    )
    {
        ForwardRecord record = network.CreateRecord(input.ColumnCount);
        network.Forward(input, record);
        Proposal proposal = new(network);
        ILearningRule rule = new TargetPropagation(options);
        rule.Propose(
            new LearningStep(
                network,
                record,
                targets,
                rule.CreateState(network, new RandomStreams(1)),
                new RandomStreams(seed)
            ),
            proposal
        );
        return proposal;
    }
}
