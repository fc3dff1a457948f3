using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.Backprop;
using Reproduction.Algorithms.Kickback;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Algorithms;

public class KickbackTests
{
    private const int Samples = 32;

    public static TheoryData<int, Normalization, Initialization> Networks
    {
        get
        {
            TheoryData<int, Normalization, Initialization> networks = [];
            foreach (Normalization normalization in Enum.GetValues<Normalization>())
            {
                foreach (int depth in new[] { 1, 2, 3, 5 })
                {
                    networks.Add(depth, normalization, Initialization.He);
                    networks.Add(depth, normalization, Initialization.SignMatched);
                }
            }

            return networks;
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void With_as_many_hops_as_hidden_layers_it_is_backprop(
        int depth,
        Normalization normalization,
        Initialization initialization
    )
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            Step step = new(
                [9, .. Enumerable.Range(0, depth).Select(l => 7 + l + seed)],
                initialization,
                seed,
                normalization
            );
            AssertSame(step.Backprop(), step.Kickback(new KickbackOptions { Hops = depth }), 0, 1e-6);
            AssertSame(step.Backprop(), step.Kickback(new KickbackOptions { Hops = depth + 3 }), 0, 1e-6);
        }
    }

    [Fact]
    public void It_looks_as_far_as_its_influence_is_followed()
    {
        Locality Of(KickbackOptions options) => new KickbackRule(options).Locality;
        Assert.Equal(Locality.Layer, Of(new KickbackOptions { Hops = 0 }));
        Assert.Equal(Locality.Layer, Of(new KickbackOptions { Hops = 3, Influence = Influence.Constant }));
        Assert.Equal(Locality.NextLayer, Of(new KickbackOptions()));
        Assert.Equal(Locality.Network, Of(new KickbackOptions { Hops = 2 }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void The_output_and_the_last_hidden_layer_learn_as_by_backprop_whatever_the_hops(int depth)
    {
        Step step = new([6, .. Enumerable.Repeat(11, depth)], Initialization.He, 5);
        AssertSame(step.Backprop(), step.Kickback(new KickbackOptions()), depth - 1, 1e-6);
    }

    [Fact]
    public void Unit_coherence_does_not_guarantee_backprops_sign()
    {
        // A unit has influence 2 − 1 = 1 on two units above it, whose weights to the output are 0.1 and 10:
        // π = 2·0.1 − 1·10 = −9.8.
        FeedForwardNetwork network = new([
            new DenseLayer(1, 1, PiecewiseLinear.Relu),
            new DenseLayer(1, 2, PiecewiseLinear.Relu),
            new DenseLayer(2, 1, new Identity()),
        ]);
        network.Layers[0].Weights[0, 0] = 1;
        network.Layers[1].Weights.SetColumn(0, [2f, -1f]);
        network.Layers[1].Bias[1] = 3;
        network.Layers[2].Weights.SetRow(0, [0.1f, 10f]);
        Step step = new(network, Matrix<float>.Build.Dense(1, 1, 1f), Matrix<float>.Build.Dense(1, 1, 0f));
        float error = step.Errors[0];
        Assert.Equal((0.1f * 2) + (10f * 2), error, 1e-5f);
        Assert.Equal(-error * 1, step.Kickback(new KickbackOptions())[0]!.Weights[0, 0], 1e-4f);
        Assert.Equal(error * 9.8f, step.Backprop()[0]!.Weights[0, 0], 1e-3f);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public void At_initialisation_sign_matched_weights_point_as_backprop_and_random_ones_anywhere(int depth)
    {
        foreach (Initialization coherent in new[] { Initialization.SignMatched, Initialization.SignMatchedScaled })
        {
            double[][] cosines = [.. Enumerable.Range(1, 40).Select(seed => Cosines(coherent, seed))];
            Assert.All(cosines.SelectMany(all => all), cosine => Assert.InRange(cosine, 0.95, 1 + 1e-6));
            Assert.All(Enumerable.Range(0, depth), l => Assert.True(cosines.Average(all => all[l]) >= 0.99));
        }

        // The cosines of single networks scatter by about 0.25. Their mean is 0, but in the last hidden layer it is 1.
        double[][] random = [.. Enumerable.Range(1, 300).Select(seed => Cosines(Initialization.He, seed))];
        Assert.All(random, all => Assert.Equal(1, all[^1], 1e-6));
        Assert.All(Enumerable.Range(0, depth - 1), l => Assert.InRange(random.Average(all => all[l]), -0.05, 0.05));

        double[] Cosines(Initialization initialization, int seed)
        {
            Step step = new([21, .. Enumerable.Repeat(100, depth)], initialization, seed);
            Proposal kickback = step.Kickback(new KickbackOptions()),
                backprop = step.Backprop();
            return [.. Enumerable.Range(0, depth).Select(l => Cosine(kickback[l]!.Weights, backprop[l]!.Weights))];
        }
    }

    [Fact]
    public void Matched_edges_give_every_weight_backprops_sign()
    {
        for (int seed = 1; seed <= 5; seed++)
        {
            Step step = new([8, 30, 20, 30], Initialization.SignMatched, seed);
            Proposal kickback = step.Kickback(new KickbackOptions()),
                backprop = step.Backprop(),
                diffusion = step.Kickback(new KickbackOptions { Influence = Influence.Constant });
            int sample = 0;
            for (int i = 0; i < kickback[0]!.Bias.Count; i++)
            {
                // For one sample, a weight's sign is that of its unit. For many, samples may outweigh each other.
                Step single = new(
                    step.Network,
                    step.Input.SubMatrix(0, 8, sample, 1),
                    step.Targets.SubMatrix(0, 1, sample, 1)
                );
                float one = single.Kickback(new KickbackOptions())[0]!.Bias[i],
                    all = single.Backprop()[0]!.Bias[i];
                Assert.Equal(Math.Sign(all), Math.Sign(one));
                Assert.Equal(
                    Math.Sign(all),
                    Math.Sign(single.Kickback(new KickbackOptions { Influence = Influence.Constant })[0]!.Bias[i])
                );
                sample = (sample + 1) % Samples;
            }

            Assert.NotEqual(backprop[0]!.Bias, diffusion[0]!.Bias);
        }
    }

    [Fact]
    public void The_update_is_error_times_influence_times_own_activity()
    {
        Step step = new([5, 6, 8, 4], Initialization.He, 3);
        Proposal proposal = step.Kickback(new KickbackOptions());
        Matrix<double> middle = step.Network.Layers[1].Weights.ToDouble();
        ForwardRecord record = step.Forward();
        for (int j = 0; j < 6; j++)
        {
            double expected = 0;
            for (int b = 0; b < Samples; b++)
            {
                // τ_j = Σ_k s_k·w_jk·1_k over the second hidden layer.
                double influence = Enumerable
                    .Range(0, 8)
                    .Sum(k => record.Layers[1].PreActivation[k, b] > 0 ? (k % 2 == 0 ? 1 : -1) * middle[k, j] : 0);
                double slope = record.Layers[0].PreActivation[j, b] > 0 ? (j % 2 == 0 ? 1 : -1) : 0;
                expected -= step.Errors[b] * influence * slope * record.Layers[0].Input[2, b] / Samples;
            }

            Assert.Equal(expected, proposal[0]!.Weights[j, 2], 1e-5);
        }

        Assert.Equal(step.Errors.Average(error => 0.5 * error * error), proposal.Loss!.Value, 1e-5);
    }

    [Fact]
    public void Nothing_above_the_next_layer_changes_what_a_layer_learns_but_the_error()
    {
        Step step = new([5, 9, 9, 9, 9], Initialization.He, 4);
        float[] errors = step.Errors;
        Matrix<float> before = step.Kickback(new KickbackOptions())[0]!.Weights.Clone(),
            backpropBefore = step.Backprop()[0]!.Weights.Clone();
        step.Network.Layers[3].Draw(Initialization.He, RandomStream.Create(9, "init"));
        Matrix<float> after = step.Kickback(new KickbackOptions(), errors)[0]!.Weights,
            backpropAfter = step.Backprop()[0]!.Weights;
        Assert.Equal(before, after);
        Assert.NotEqual(backpropBefore, backpropAfter);
    }

    [Fact]
    public void No_hops_leave_hidden_layers_as_drawn()
    {
        Step step = new([5, 9, 9], Initialization.He, 4);
        Proposal proposal = step.Kickback(new KickbackOptions { Hops = 0 });
        Assert.Null(proposal[0]);
        Assert.Null(proposal[1]);
        AssertSame(step.Backprop(), proposal, 2, 1e-6);
    }

    [Fact]
    public void Influence_through_the_scale_alone_is_the_weights_over_the_deviation()
    {
        Step step = new([5, 12, 10, 6], Initialization.He, 2, Normalization.Layer);
        Proposal scaled = step.Kickback(new KickbackOptions { NormalizationPass = NormalizationPass.Scale });
        ForwardRecord record = step.Forward();
        double expected = 0;
        for (int b = 0; b < Samples; b++)
        {
            double[] x = [.. record.Layers[1].Input.Column(b).Select(value => (double)value)];
            double mean = x.Average(),
                deviation = Math.Sqrt(x.Average(value => (value - mean) * (value - mean)) + LayerNormalization.Epsilon);
            double influence =
                Enumerable
                    .Range(0, 10)
                    .Sum(k =>
                        record.Layers[1].PreActivation[k, b] > 0
                            ? (k % 2 == 0 ? 1 : -1) * step.Network.Layers[1].Weights[k, 3]
                            : 0
                    ) / deviation;
            expected += record.Layers[0].PreActivation[3, b] > 0 ? step.Errors[b] * influence / Samples : 0;
        }

        Assert.Equal(expected, scaled[0]!.Bias[3], 1e-5);
    }

    [Fact]
    public void Influences_through_a_layers_mean_add_up_to_nothing()
    {
        // Layer normalisation cancels a constant that is added to all units of a sample: Σ_j τ_j = 0, so no network is
        // coherent then.
        Step step = new([5, 12, 10, 6], Initialization.SignMatched, 2, Normalization.Layer);
        ForwardRecord record = step.Forward();
        Matrix<float> slopes = Matrix<float>.Build.Dense(10, Samples, 1f),
            influence = Matrix<float>.Build.Dense(12, Samples);
        step.Network.Layers[1].Activation.PullBack(record.Layers[1].PreActivation, record.Layers[1].Output, slopes);
        step.Network.Layers[1].PullBack(record.Layers[1], slopes, influence);
        Assert.All(influence.ColumnSums(), sum => Assert.Equal(0, sum, 1e-4f));
        step.Network.Layers[1].PullBack(record.Layers[1], slopes, influence, throughMoments: false);
        Assert.All(influence.ColumnSums(), sum => Assert.True(sum > 0));
    }

    private static void AssertSame(Proposal expected, Proposal actual, int fromLayer, double tolerance)
    {
        for (int l = fromLayer; l < expected.Layers; l++)
        {
            Matrix<float> wanted = expected[l]!.Weights,
                found = actual[l]!.Weights;
            Assert.True(
                (wanted - found).L2Norm() <= tolerance * Math.Max(1, wanted.L2Norm()),
                $"layer {l}: {(wanted - found).L2Norm()} of {wanted.L2Norm()}"
            );
            Assert.True(
                (expected[l]!.Bias - actual[l]!.Bias).L2Norm() <= tolerance * Math.Max(1, expected[l]!.Bias.L2Norm())
            );
        }
    }

    private static double Cosine(Matrix<float> a, Matrix<float> b)
    {
        Vector<double> x = Vector<double>.Build.DenseOfEnumerable(a.AsColumnMajorArray().Select(v => (double)v)),
            y = Vector<double>.Build.DenseOfEnumerable(b.AsColumnMajorArray().Select(v => (double)v));
        return x.DotProduct(y) / (x.L2Norm() * y.L2Norm());
    }

    /// <summary>A network with a batch, and the proposals of both rules for it.</summary>
    private sealed class Step
    {
        private readonly bool isTraining;

        public Step(
            int[] widths,
            Initialization initialization,
            int seed,
            Normalization normalization = Normalization.None
        )
        {
            Network = new FeedForwardNetwork([
                .. Enumerable
                    .Range(0, widths.Length)
                    .Select(l =>
                        l < widths.Length - 1
                            ? new DenseLayer(
                                widths[l],
                                widths[l + 1],
                                new SignedRelu(),
                                l == 0 ? Normalization.None : normalization
                            )
                            : new DenseLayer(widths[l], 1, new Identity(), l == 0 ? Normalization.None : normalization)
                    ),
            ]);
            Network.Draw(initialization, RandomStream.Create(seed, "init"));
            Input = RandomMatrix.Uniform(widths[0], Samples, seed, -1.7, 1.7);
            Targets = RandomMatrix.Uniform(1, Samples, seed + 1000);
            isTraining = true;
        }

        public Step(FeedForwardNetwork network, Matrix<float> input, Matrix<float> targets)
        {
            (Network, Input, Targets) = (network, input, targets);
        }

        public FeedForwardNetwork Network { get; }

        public Matrix<float> Input { get; }

        public Matrix<float> Targets { get; }

        public float[] Errors => [.. (Forward().Output - Targets).AsColumnMajorArray()];

        public ForwardRecord Forward()
        {
            ForwardRecord record = Network.CreateRecord(Input.ColumnCount);
            Network.Forward(Input, record, isTraining ? RandomStream.Create(1, "dropout") : null);
            return record;
        }

        public Proposal Backprop()
        {
            Proposal proposal = new(Network);
            new Backpropagation(new BackpropagationOptions()).Propose(
                new LearningStep(Network, Forward(), Targets, null, new RandomStreams(1)),
                proposal
            );
            return proposal;
        }

        public Proposal Kickback(KickbackOptions options, float[]? errors = null)
        {
            Proposal proposal = new(Network);
            new KickbackRule(options).Propose(
                new LearningStep(Network, Forward(), null, null, new RandomStreams(1)) { Errors = errors ?? Errors },
                proposal
            );
            return proposal;
        }
    }
}
