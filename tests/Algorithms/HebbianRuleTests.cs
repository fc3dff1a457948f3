using MathNet.Numerics.LinearAlgebra;
using Reproduction.Algorithms.Hebbian;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Algorithms;

/// <summary>
/// Compares each rule with its formula, written out per sample and per neuron in double precision.
/// </summary>
public class HebbianRuleTests
{
    private const int Inputs = 11;
    private const int Samples = 7;

    private readonly FeedForwardNetwork network;
    private readonly List<(double[][] X, double[][] U, double[][] Y)> batches = [];
    private readonly List<Matrix<float>> inputs = [];

    public HebbianRuleTests()
    {
        network = new([new DenseLayer(Inputs, 13, PiecewiseLinear.Relu), new DenseLayer(13, 4, new Softmax())]);
        network.Draw(Initialization.Hebbian, RandomStream.Create(9, "init"));
        for (int batch = 0; batch < 3; batch++)
        {
            Matrix<float> input = RandomMatrix.Uniform(Inputs, Samples, 100 + batch, -0.5, 1);
            inputs.Add(input);
            double[][] x =
            [
                .. input.EnumerateColumns().Select(column => column.Select(value => (double)value).ToArray()),
            ];
            double[][] u =
            [
                .. x.Select(sample =>
                    network
                        .Layers[0]
                        .Weights.EnumerateRows()
                        .Select(row => row.Zip(sample).Sum(pair => pair.First * pair.Second))
                        .ToArray()
                ),
            ];
            batches.Add((x, u, [.. u.Select(sample => sample.Select(value => Math.Max(value, 0)).ToArray())]));
        }
    }

    [Theory]
    [InlineData(CompetitiveMask.AsCoded, 1.0)]
    [InlineData(CompetitiveMask.AsPrinted, 1.0)]
    [InlineData(CompetitiveMask.AntiHebbian, 2.5)]
    public void Competitive_is_its_formula(CompetitiveMask mask, double temperature)
    {
        Proposal proposal = ProposeAll(
            new Competitive(new CompetitiveOptions { Mask = mask, Temperature = temperature })
        );
        int n = 13;
        double[] m = [];
        double[,] expected = new double[n, Inputs];
        foreach ((double[][] x, _, double[][] y) in batches)
        {
            double[] mean = [.. Enumerable.Range(0, n).Select(o => y.Average(sample => sample[o]))];
            m = m.Length == 0 ? mean : [.. m.Zip(mean, (old, now) => (0.95 * old) + (0.05 * now))];
            expected = new double[n, Inputs];
            for (int b = 0; b < Samples; b++)
            {
                double[] a = SoftmaxOf([.. y[b].Zip(m, (value, past) => (value - past) / temperature)]);
                int winner = Array.IndexOf(a, a.Max());
                for (int o = 0; o < n; o++)
                {
                    double signed = o == winner ? a[o] : -a[o];
                    double masked = mask switch
                    {
                        CompetitiveMask.AsCoded => signed <= 1.0 / n ? 0 : signed,
                        CompetitiveMask.AsPrinted => o == winner ? a[o]
                        : a[o] > 1.0 / n ? 0
                        : -a[o],
                        _ => a[o] <= 1.0 / n ? 0 : signed,
                    };
                    for (int i = 0; i < Inputs; i++)
                    {
                        expected[o, i] += masked * x[b][i];
                    }
                }
            }
        }

        AssertEqual(expected, proposal[0]!.Weights, 1e-5);
        Assert.Null(proposal[1]);
        Assert.False(proposal[0]!.ChangesBias);
    }

    [Fact]
    public void SoftHebbs_fast_form_is_the_mean_over_the_batch_by_outputs_by_inputs_array()
    {
        Proposal proposal = ProposeAll(new SoftHebb(new SoftHebbOptions()));
        (double[][] x, double[][] u, double[][] y) = batches[^1];
        AssertEqual(SoftHebbOf(x, u, y, network.Layers[0].Weights), proposal[0]!.Weights, 1e-5);

        // The input of the output layer is y. Its output is already a softmax, and the rule takes the softmax of that.
        double[][] v =
        [
            .. y.Select(sample =>
                network
                    .Layers[1]
                    .Weights.EnumerateRows()
                    .Select(row => row.Zip(sample).Sum(pair => pair.First * pair.Second))
                    .ToArray()
            ),
        ];
        AssertEqual(SoftHebbOf(y, v, [.. v.Select(SoftmaxOf)], network.Layers[1].Weights), proposal[1]!.Weights, 1e-5);
    }

    [Fact]
    public void SoftHebb_leaves_the_output_layer_alone_when_told_to() =>
        Assert.Null(ProposeAll(new SoftHebb(new SoftHebbOptions { TrainOutput = false }))[1]);

    [Theory]
    [InlineData(0.8, true, 3)]
    [InlineData(0.5, true, 7)]
    [InlineData(0.8, false, 3)]
    [InlineData(0.0, true, 13)]
    public void HebbNet_is_its_formula(double sparsity, bool isAntiHebbian, int learning)
    {
        Proposal proposal = ProposeAll(
            new HebbNet(new HebbNetOptions { Sparsity = sparsity, AntiHebbian = isAntiHebbian })
        );
        int n = 13;
        double[] threshold = [];
        double[,] s = new double[n, Inputs];
        foreach ((double[][] x, _, double[][] y) in batches)
        {
            double[] mean = [.. Enumerable.Range(0, n).Select(o => y.Average(sample => sample[o]))];
            threshold =
                threshold.Length == 0 ? mean : [.. threshold.Zip(mean, (old, now) => (0.05 * old) + (0.95 * now))];
            s = new double[n, Inputs];
            for (int b = 0; b < Samples; b++)
            {
                for (int o = 0; o < n; o++)
                {
                    for (int i = 0; i < Inputs; i++)
                    {
                        s[o, i] += (y[b][o] - threshold[o]) * x[b][i];
                    }
                }
            }
        }

        double[] norms =
        [
            .. Enumerable.Range(0, n).Select(o => Math.Sqrt(Enumerable.Range(0, Inputs).Sum(i => s[o, i] * s[o, i]))),
        ];
        double[] sorted = [.. norms.Order()];
        double rank = sparsity * (n - 1),
            quantile =
                sorted[(int)rank] + ((rank - (int)rank) * (sorted[Math.Min(n - 1, (int)rank + 1)] - sorted[(int)rank]));
        for (int o = 0; o < n; o++)
        {
            double sign =
                norms[o] < quantile - 1e-9 ? 0
                : norms[o] == norms.Max() || !isAntiHebbian ? 1
                : -1;
            for (int i = 0; i < Inputs; i++)
            {
                s[o, i] *= sign;
            }
        }

        AssertEqual(s, proposal[0]!.Weights, 1e-4);
        Assert.Equal(learning, proposal[0]!.Weights.EnumerateRows().Count(row => row.L2Norm() > 0));
        Assert.Null(proposal[1]);
    }

    [Theory]
    [InlineData(32, 7)]
    [InlineData(128, 26)]
    [InlineData(512, 103)]
    [InlineData(2048, 410)]
    public void HebbNet_keeps_as_many_rows_as_the_published_widths_have(int units, int kept)
    {
        FeedForwardNetwork wide = new([
            new DenseLayer(Inputs, units, PiecewiseLinear.Relu),
            new DenseLayer(units, 2, new Softmax()),
        ]);
        wide.Draw(Initialization.Hebbian, RandomStream.Create(1, "init"));
        Proposal proposal = Propose(new HebbNet(new HebbNetOptions()), wide, [inputs[0]]);
        Assert.Equal(kept, proposal[0]!.Weights.EnumerateRows().Count(row => row.L2Norm() > 0));
    }

    [Fact]
    public void Hebb_is_its_formula() =>
        AssertEqual(
            Changes((b, o, i) => batches[^1].Y[b][o] * batches[^1].X[b][i] / Samples),
            ProposeAll(new Hebb())[0]!.Weights,
            1e-5
        );

    [Fact]
    public void Oja_is_its_formula()
    {
        (double[][] x, _, double[][] y) = batches[^1];
        AssertEqual(
            Changes((b, o, i) => y[b][o] * (x[b][i] - (y[b][o] * network.Layers[0].Weights[o, i])) / Samples),
            ProposeAll(new Oja())[0]!.Weights,
            1e-4
        );
    }

    [Fact]
    public void A_linear_neuron_turns_to_the_first_principal_component_by_Ojas_rule_and_comes_to_norm_1()
    {
        FeedForwardNetwork linear = new([new DenseLayer(5, 3, new Identity()), new DenseLayer(3, 2, new Identity())]);
        linear.Draw(Initialization.Xavier, RandomStream.Create(4, "init"));
        Matrix<float> data = RandomMatrix.Uniform(5, 400, 3, -1, 1);
        data.SetRow(2, data.Row(2) * 3);
        data.SetRow(4, data.Row(4) + (data.Row(2) * 0.5f));
        NetworkOptimizer optimizer = new(linear, OptimizerKind.Sgd, 0.05, WeightConstraint.None);
        for (int step = 0; step < 400; step++)
        {
            optimizer.Apply(Propose(new Oja(), linear, [data]));
        }

        Vector<double> component = (data * data.Transpose()).ToDouble().Evd().EigenVectors.Column(4);
        Assert.All(
            linear.Layers[0].Weights.EnumerateRows(),
            row =>
            {
                Assert.Equal(1, row.L2Norm(), 1e-4);
                Assert.Equal(1, Math.Abs(row.ToDouble() * component), 1e-4);
            }
        );
    }

    [Theory]
    [InlineData(2, 2, 0.4, true)]
    [InlineData(3, 4, 0.2, true)]
    [InlineData(2, 13, 0.4, false)]
    [InlineData(2.5, 14, 0.4, false)]
    public void KrotovHopfield_is_its_formula(double norm, int rank, double antiHebbian, bool isScaled)
    {
        Matrix<float> weights = network.Layers[0].Weights;
        double[][] x = batches[^1].X;
        double[][] drive =
        [
            .. x.Select(sample =>
                weights
                    .EnumerateRows()
                    .Select(row =>
                        row.Zip(sample)
                            .Sum(pair => Math.Pow(Math.Abs(pair.First), norm - 1) * Math.Sign(pair.First) * pair.Second)
                    )
                    .ToArray()
            ),
        ];
        double[][] g =
        [
            .. drive.Select(own =>
            {
                double[] sorted = [.. own.OrderDescending()];
                return own.Select(value =>
                        value == sorted[0] ? 1
                        : rank <= 13 && value == sorted[rank - 1] ? -antiHebbian
                        : 0.0
                    )
                    .ToArray();
            }),
        ];
        double[,] expected = Changes((b, o, i) => g[b][o] * (x[b][i] - (drive[b][o] * weights[o, i])) / Samples);
        double largest = isScaled ? expected.Cast<double>().Max(Math.Abs) : 1;
        for (int o = 0; o < 13; o++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                expected[o, i] /= largest;
            }
        }

        AssertEqual(
            expected,
            ProposeAll(
                new KrotovHopfield(
                    new KrotovHopfieldOptions
                    {
                        Norm = norm,
                        Rank = rank,
                        AntiHebbian = antiHebbian,
                        ScaleStep = isScaled,
                    }
                )
            )[0]!.Weights,
            1e-4
        );
    }

    [Theory]
    [InlineData(InfluenceSource.Gradient)]
    [InlineData(InfluenceSource.Ones)]
    [InlineData(InfluenceSource.RandomFixed)]
    [InlineData(InfluenceSource.RandomRedrawn)]
    [InlineData(InfluenceSource.Noise)]
    public void InfluenceHebb_is_its_formula(InfluenceSource source)
    {
        FeedForwardNetwork open = new([network.Layers[0], new DenseLayer(13, 4, new HyperbolicTangent())]);
        open.Layers[1].Draw(Initialization.He, RandomStream.Create(5, "init"));
        (double[][] x, double[][] u, double[][] y) = batches[^1];
        Matrix<float> above = open.Layers[1].Weights;
        RandomStream feedback = RandomStream.Create(1, "feedback");
        double[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)feedback.NextDouble())];
        double[] Output(double[] below) =>
            [.. above.EnumerateRows().Select(row => Math.Tanh(row.Zip(below).Sum(pair => pair.First * pair.Second)))];

        // The numbers are drawn column by column, once for all batches or once per batch; noise per neuron and sample.
        double[] drawn = [];
        for (int batch = 0; batch < (source == InfluenceSource.RandomFixed ? 1 : batches.Count); batch++)
        {
            drawn = Draw(source == InfluenceSource.Noise ? 13 * Samples : 4 * 13);
        }

        double[][] influence =
        [
            .. Enumerable
                .Range(0, Samples)
                .Select(b =>
                {
                    double[] z = SoftmaxOf(Output(y[b]));
                    double[] own = source switch
                    {
                        InfluenceSource.Noise => drawn[(b * 13)..((b + 1) * 13)],
                        InfluenceSource.RandomFixed or InfluenceSource.RandomRedrawn =>
                        [
                            .. Enumerable
                                .Range(0, 13)
                                .Select(o => Enumerable.Range(0, 4).Sum(k => drawn[(o * 4) + k] * z[k])),
                        ],
                        _ =>
                        [
                            .. Enumerable
                                .Range(0, 13)
                                .Select(o =>
                                {
                                    double[] more = [.. y[b]],
                                        less = [.. y[b]];
                                    (more[o], less[o]) = (more[o] + 1e-5, less[o] - 1e-5);
                                    return Output(more)
                                        .Zip(Output(less), (high, low) => (high - low) / 2e-5)
                                        .Zip(z, (slope, share) => slope * (source == InfluenceSource.Ones ? 1 : share))
                                        .Sum();
                                }),
                        ],
                    };
                    double norm = Math.Sqrt(own.Sum(value => value * value));
                    return own.Select(value => value / norm).ToArray();
                }),
        ];
        double[,] expected = Changes(
            (b, o, i) =>
            {
                double[] a = SoftmaxOf(y[b]);
                return influence[b][o]
                    * (o == Array.IndexOf(a, a.Max()) ? a[o] : -a[o])
                    * (x[b][i] - (u[b][o] * network.Layers[0].Weights[o, i]))
                    / Samples;
            }
        );
        AssertEqual(
            expected,
            Propose(new InfluenceHebb(new InfluenceHebbOptions { Influence = source }), open, inputs)[0]!.Weights,
            1e-4
        );
    }

    [Fact]
    public void InfluenceHebb_refuses_ones_through_a_softmax() =>
        Assert.Contains(
            "--output identity",
            Assert
                .Throws<ArgumentException>(() =>
                    ProposeAll(new InfluenceHebb(new InfluenceHebbOptions { Influence = InfluenceSource.Ones }))
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_rule_changes_neither_weights_nor_inputs()
    {
        float[] weights = network.Layers[0].Weights.ToColumnMajorArray(),
            input = inputs[0].ToColumnMajorArray();
        foreach (
            ILearningRule rule in new ILearningRule[]
            {
                new Competitive(new()),
                new SoftHebb(new()),
                new HebbNet(new()),
            }
        )
        {
            Propose(rule, network, [inputs[0]]);
        }

        Assert.Equal(weights, network.Layers[0].Weights.ToColumnMajorArray());
        Assert.Equal(input, inputs[0].ToColumnMajorArray());
    }

    [Theory]
    [InlineData(CompetitiveMask.AsCoded, 0.0, 0.0)]
    [InlineData(CompetitiveMask.AsPrinted, 0.25, -0.25)]
    [InlineData(CompetitiveMask.AntiHebbian, 0.25, 0.0)]
    public void Where_all_neurons_are_equal_none_is_above_its_share(CompetitiveMask mask, double winner, double others)
    {
        // Weights of 0: every activity is 0, every a is 1/4, and the first neuron counts as the winner.
        FeedForwardNetwork silent = new([
            new DenseLayer(2, 4, PiecewiseLinear.Relu),
            new DenseLayer(4, 2, new Softmax()),
        ]);
        Proposal proposal = Propose(
            new Competitive(new CompetitiveOptions { Mask = mask }),
            silent,
            [Matrix<float>.Build.Dense(2, 1, 1f)]
        );
        for (int o = 0; o < 4; o++)
        {
            Assert.Equal(o == 0 ? winner : others, proposal[0]!.Weights[o, 0]);
        }
    }

    [Fact]
    public void Noise_for_influence_needs_nothing_from_the_next_layer()
    {
        foreach (InfluenceSource source in Enum.GetValues<InfluenceSource>())
        {
            ILearningRule rule = new InfluenceHebb(new InfluenceHebbOptions { Influence = source });
            Assert.Equal(source == InfluenceSource.Noise ? Locality.Layer : Locality.NextLayer, rule.Locality);
        }
    }

    [Fact]
    public void Rules_do_by_default_what_the_papers_code_does()
    {
        Assert.True(new HebbNetOptions().AntiHebbian);
        Assert.True(new KrotovHopfieldOptions().ScaleStep);
    }

    private static double[,] SoftHebbOf(double[][] x, double[][] u, double[][] y, Matrix<float> weights)
    {
        double[,] change = new double[weights.RowCount, weights.ColumnCount];
        for (int b = 0; b < Samples; b++)
        {
            double[] a = SoftmaxOf(y[b]);
            int winner = Array.IndexOf(a, a.Max());
            for (int o = 0; o < weights.RowCount; o++)
            {
                for (int i = 0; i < weights.ColumnCount; i++)
                {
                    change[o, i] += (o == winner ? a[o] : -a[o]) * (x[b][i] - (u[b][o] * weights[o, i])) / Samples;
                }
            }
        }

        return change;
    }

    private static double[] SoftmaxOf(double[] values)
    {
        double[] powers = [.. values.Select(value => Math.Exp(value - values.Max()))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    private static void AssertEqual(double[,] expected, Matrix<float> actual, double tolerance)
    {
        for (int o = 0; o < actual.RowCount; o++)
        {
            for (int i = 0; i < actual.ColumnCount; i++)
            {
                Assert.True(
                    Math.Abs(expected[o, i] - actual[o, i]) < tolerance,
                    $"neuron {o}, input {i}: {expected[o, i]} against {actual[o, i]}"
                );
            }
        }

        Assert.True(actual.FrobeniusNorm() > 0);
    }

    /// <summary>Sums a change of the hidden layer's weights over the samples.</summary>
    private static double[,] Changes(Func<int, int, int, double> ofSample)
    {
        double[,] change = new double[13, Inputs];
        for (int o = 0; o < 13; o++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                change[o, i] = Enumerable.Range(0, Samples).Sum(b => ofSample(b, o, i));
            }
        }

        return change;
    }

    private Proposal ProposeAll(ILearningRule rule) => Propose(rule, network, inputs);

    /// <summary>Returns the proposal for the last of several batches; the weights never change.</summary>
    private static Proposal Propose(ILearningRule rule, FeedForwardNetwork network, IEnumerable<Matrix<float>> batches)
    {
        object? state = rule.CreateState(network, new RandomStreams(1));
        Proposal proposal = new(network);
        RandomStreams random = new(1);
        foreach (Matrix<float> input in batches)
        {
            ForwardRecord record = network.CreateRecord(input.ColumnCount);
            network.Forward(input, record);
            proposal.Reset();
            rule.Propose(new LearningStep(network, record, null, state, random), proposal);
        }

        return proposal;
    }
}
