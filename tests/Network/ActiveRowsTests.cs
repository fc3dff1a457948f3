using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Network;

/// <summary>Tests that a change of few rows gives the same bits as one that is written whole.</summary>
public class ActiveRowsTests
{
    private const int Inputs = 50;
    private const int Columns = 24;

    [Theory]
    [InlineData(300, 0)]
    [InlineData(300, 1)]
    [InlineData(300, 17)]
    [InlineData(300, 18)]
    [InlineData(300, 19)]
    [InlineData(300, 300)]
    [InlineData(1500, 90)]
    [InlineData(10, 0)]
    [InlineData(10, 1)]
    public void A_product_with_few_rows_has_the_bits_of_the_whole(int rows, int active)
    {
        LayerProposal change = new Proposal(Network(rows)).For(0);
        Matrix<float> input = RandomMatrix.Uniform(Inputs, Columns, 3);
        foreach (int step in Enumerable.Range(0, 4))
        {
            // What stood in the buffer before must not show, whether all of it or few rows.
            if (step == 2)
            {
                change.Weights.Clear();
                change.Weights[rows - 1, 3] = 7f;
            }

            Matrix<float> left = FewRows(rows, active, step);
            change.SetProduct(left, input);
            Matrix<float> whole = left.TransposeAndMultiply(input);
            Assert.Equal(active <= rows / 16, change.ActiveRows is not null);
            if (change.ActiveRows is { } found)
            {
                Assert.Equal(
                    Enumerable.Range(0, rows).Where(o => whole.Row(o).Any(value => value != 0)),
                    found.ToArray()
                );
            }

            float[] factors =
            [
                .. Enumerable.Range(0, rows).Select(o => left.Row(o).Any(value => value != 0) ? 0.1f * o : 0f),
            ];
            float[] norms = new float[rows],
                expected = new float[rows];
            change.AddScaledRows(factors, RandomMatrix.Uniform(rows, Inputs, 4));
            Rows.AddScaled(whole, factors, RandomMatrix.Uniform(rows, Inputs, 4));
            change.Scale(1f / 3);
            whole.Multiply(1f / 3, whole);
            change.RowNorms(norms);
            Rows.Norms(whole, expected);
            Assert.Equal(Bits(expected), Bits(norms));
            Assert.Equal(whole.Enumerate().Max(Math.Abs), change.LargestMagnitude());
            Assert.Equal(Bits(whole), Bits(change.Weights));
        }
    }

    [Fact]
    public void Whoever_asks_for_the_buffer_may_have_written_to_every_row()
    {
        LayerProposal change = new Proposal(Network(100)).For(0);
        change.SetProduct(FewRows(100, 2, 1), RandomMatrix.Uniform(Inputs, Columns, 3));
        Assert.Equal(2, change.ActiveRows!.Value.Length);
        change.Weights.Add(1f, change.Weights);
        Assert.Null(change.ActiveRows);
        float[] norms = new float[100];
        change.RowNorms(norms);
        Assert.All(norms, norm => Assert.True(norm > 1));
    }

    [Fact]
    public void Another_proposal_takes_over_the_rows_and_clears_them_later()
    {
        DenseLayer layer = new(Inputs, 100, new Identity());
        FeedForwardNetwork network = new([layer]);
        LayerProposal change = new Proposal(network).For(0),
            copy = new Proposal(network).For(0);
        Matrix<float> input = RandomMatrix.Uniform(Inputs, Columns, 3),
            second = FewRows(100, 3, 2);
        change.SetProduct(FewRows(100, 2, 1), input);
        copy.CopyFrom(change);
        Assert.Equal(change.ActiveRows!.Value.ToArray(), copy.ActiveRows!.Value.ToArray());
        Assert.False(copy.ChangesBias);
        copy.SetProduct(second, input);
        Assert.Equal(Bits(second.TransposeAndMultiply(input)), Bits(copy.Weights));
    }

    /// <summary>
    /// Few rows move at a step, with steps in between at which all do: the weights are those of proposals written
    /// whole, bit for bit, at every step, though rescaling changes rows that do not move.
    /// </summary>
    [Theory]
    [InlineData(OptimizerKind.Sgd, WeightConstraint.None)]
    [InlineData(OptimizerKind.Sgd, WeightConstraint.UnitRows)]
    [InlineData(OptimizerKind.Momentum, WeightConstraint.None)]
    [InlineData(OptimizerKind.Momentum, WeightConstraint.UnitRows)]
    [InlineData(OptimizerKind.Adamw, WeightConstraint.UnitRows)]
    public void Steps_of_few_rows_leave_the_bits_of_whole_steps(OptimizerKind kind, WeightConstraint constraint)
    {
        const int rows = 700;
        FeedForwardNetwork few = Network(rows),
            whole = Network(rows);
        whole.Layers[0].Weights.SetRow(5, new float[Inputs]);
        few.Layers[0].Weights.SetRow(5, new float[Inputs]);
        NetworkOptimizer own = new(few, kind, 0.05, constraint),
            other = new(whole, kind, 0.05, constraint);
        Proposal proposal = new(few),
            dense = new(whole);
        Matrix<float> input = RandomMatrix.Uniform(Inputs, Columns, 3);
        for (int step = 0; step < 60; step++)
        {
            int active =
                step % 23 == 22 ? rows
                : step % 7 == 6 ? 0
                : 1 + (step % 40);
            Matrix<float> left = FewRows(rows, active, step);
            proposal.Reset();
            proposal.For(0).SetProduct(left, input);
            dense.Reset();
            left.TransposeAndMultiply(input, dense.For(0).Weights);
            Assert.Null(dense[0]!.ActiveRows);
            own.Apply(proposal, share: 1 - (step / 100.0));
            other.Apply(dense, share: 1 - (step / 100.0));
            Assert.Equal(Bits(whole.Layers[0].Weights), Bits(few.Layers[0].Weights));
        }
    }

    /// <summary>Rescaling alone never lets some rows rest: they alternate between two neighbours.</summary>
    [Fact]
    public void Rows_that_never_come_to_rest_are_followed_too()
    {
        const int rows = 700;
        FeedForwardNetwork few = Network(rows),
            whole = Network(rows);
        NetworkOptimizer own = new(few, OptimizerKind.Sgd, 0.05, WeightConstraint.UnitRows),
            other = new(whole, OptimizerKind.Sgd, 0.05, WeightConstraint.UnitRows);
        Proposal proposal = new(few),
            dense = new(whole);
        Matrix<float> nothing = Matrix<float>.Build.Dense(rows, Columns),
            input = RandomMatrix.Uniform(Inputs, Columns, 3);
        int[][] last =
        [
            [],
            [],
        ];
        for (int step = 0; step < 40; step++)
        {
            proposal.Reset();
            proposal.For(0).SetProduct(nothing, input);
            dense.Reset();
            dense.For(0).Weights.Clear();
            own.Apply(proposal);
            other.Apply(dense);
            int[] bits = Bits(few.Layers[0].Weights);
            Assert.Equal(Bits(whole.Layers[0].Weights), bits);
            if (step > 20)
            {
                Assert.NotEqual(last[(step + 1) % 2], bits);
                Assert.Equal(last[step % 2], bits);
            }

            last[step % 2] = bits;
        }
    }

    /// <summary>
    /// Rows of a large layer are scaled while they are read. Whoever reads the outputs, and now and then the weights,
    /// finds the bits of steps written whole.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Rows_scaled_while_they_are_read_have_the_bits_of_rows_scaled_before(int stepsBetweenLooks)
    {
        const int rows = 1500,
            inputs = 100,
            samples = 24;
        FeedForwardNetwork few = Network(rows, inputs),
            whole = Network(rows, inputs);
        NetworkOptimizer own = new(few, OptimizerKind.Sgd, 0.05, WeightConstraint.UnitRows),
            other = new(whole, OptimizerKind.Sgd, 0.05, WeightConstraint.UnitRows);
        Proposal proposal = new(few),
            dense = new(whole);
        Matrix<float> input = RandomMatrix.Uniform(inputs, samples, 3);
        ForwardRecord record = few.CreateRecord(samples),
            expected = whole.CreateRecord(samples);
        for (int step = 1; step <= 60; step++)
        {
            // Few rows move, and sometimes none for a while, so that many alternate between two states.
            Matrix<float> left = FewRows(rows, step % 20 > 12 ? 0 : 1 + (step % 40), step, samples);
            proposal.Reset();
            proposal.For(0).SetProduct(left, input);
            dense.Reset();
            left.TransposeAndMultiply(input, dense.For(0).Weights);
            own.Apply(proposal);
            other.Apply(dense);
            few.Forward(input, record);
            whole.Forward(input, expected);
            Assert.Equal(Bits(expected.Output), Bits(record.Output));
            if (step % stepsBetweenLooks == 0)
            {
                Assert.Equal(Bits(whole.Layers[0].Weights), Bits(few.Layers[0].Weights));
            }
        }

        Assert.Equal(Bits(whole.Layers[0].Weights), Bits(few.Layers[0].Weights));
    }

    private static FeedForwardNetwork Network(int rows, int inputs = Inputs)
    {
        FeedForwardNetwork network = new([new DenseLayer(inputs, rows, new Identity())]);
        network.Draw(Initialization.Hebbian, RandomStream.Create(1, "init"));
        return network;
    }

    private static Matrix<float> FewRows(int rows, int active, int seed, int columns = Columns)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        new Random(seed).Shuffle(order);
        Matrix<float> all = RandomMatrix.Uniform(rows, columns, 10 + seed),
            some = Matrix<float>.Build.Dense(rows, columns);
        foreach (int row in order.Take(active))
        {
            some.SetRow(row, all.Row(row));
        }

        return some;
    }

    private static int[] Bits(Matrix<float> matrix) => Bits(matrix.AsColumnMajorArray());

    private static int[] Bits(float[] values) =>
        [.. values.Select(value => value == 0f ? 0 : BitConverter.SingleToInt32Bits(value))];
}
