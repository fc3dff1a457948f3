using MathNet.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

public class LiveNeuronTests
{
    private static readonly ImageShape Grey = new(1, 28, 28);

    [Fact]
    public void Morans_index_is_1_for_halves_and_minus_1_for_a_chessboard()
    {
        SpatialAutocorrelation small = new(new ImageShape(1, 4, 4));
        float[] board = [.. Enumerable.Range(0, 16).Select(i => (float)(((i / 4) + i) % 2))];
        Assert.Equal(-1, small.Index(board), 1e-12);

        // The left half is 0, the right half 1: of 24 neighbour pairs 4 differ, so I = (20 − 4)/24.
        float[] halves = [.. Enumerable.Range(0, 16).Select(i => i % 4 < 2 ? 0f : 1f)];
        Assert.Equal(16.0 / 24, small.Index(halves), 1e-12);
        Assert.Equal(0, small.Index(new float[16]));
        Assert.Equal(1, small.Significance(new float[16]));

        // Pixels of two channels are no neighbours, so with one channel of 0 and one of 1 all neighbours are alike.
        SpatialAutocorrelation two = new(new ImageShape(2, 4, 4));
        Assert.Equal(1, two.Index([.. new float[16], .. Enumerable.Repeat(1f, 16)]), 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_moments_are_those_of_all_permutations(bool isHeavyTailed)
    {
        // Compares the formula with 20,000 real permutations of the same values: a value's z-score by the formula must
        // be its z-score among them.
        ImageShape shape = new(1, 6, 7);
        SpatialAutocorrelation autocorrelation = new(shape);
        Random random = new(3);
        float[] values =
        [
            .. Enumerable
                .Range(0, shape.Size)
                .Select(_ => isHeavyTailed ? (float)Math.Pow(random.NextDouble(), 8) * 10 : (float)random.NextDouble()),
        ];
        int rejected = 0,
            trials = 20_000;
        for (int trial = 0; trial < trials; trial++)
        {
            random.Shuffle(values);
            rejected += autocorrelation.Significance(values) < 0.16 ? 1 : 0;
        }

        // The limit is one standard deviation above the mean. With a wrong variance, this fraction is far off.
        Assert.Equal(0.16, rejected / (double)trials, isHeavyTailed ? 0.03 : 0.01);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    public void Its_variance_is_that_of_all_permutations_exactly(int height, int width)
    {
        SpatialAutocorrelation autocorrelation = new(new ImageShape(1, height, width));
        float[] values = [.. Enumerable.Range(0, height * width).Select(i => i * i / 7f)];
        double[] indices = [.. Permutations(values, 0).Select(image => autocorrelation.Index(image))];
        double mean = indices.Average(),
            variance = indices.Average(index => Math.Pow(index - mean, 2));
        Assert.Equal(-1.0 / (values.Length - 1), mean, 1e-6);

        // The significance is that of the normal distribution with this mean and variance.
        double expected = 1 - Normal.CDF(mean, Math.Sqrt(variance), autocorrelation.Index(values));
        Assert.InRange(expected, 0.0001, 0.4);
        Assert.Equal(expected, autocorrelation.Significance(values), 1e-6);
    }

    /// <summary>All orders of the values from a position on. The one array is changed in place.</summary>
    private static IEnumerable<float[]> Permutations(float[] values, int from)
    {
        if (from == values.Length)
        {
            yield return values;
        }

        for (int i = from; i < values.Length; i++)
        {
            (values[from], values[i]) = (values[i], values[from]);
            foreach (float[] image in Permutations(values, from + 1))
            {
                yield return image;
            }

            (values[from], values[i]) = (values[i], values[from]);
        }
    }

    [Fact]
    public void Networks_that_were_never_trained_have_no_live_and_one_percent_structured_neurons()
    {
        DenseLayer layer = new(Grey.Size, 4000, new Identity());
        layer.Draw(Initialization.Hebbian, RandomStream.Create(1, "init"));
        LiveNeurons neurons = LiveNeurons.Of(layer.Weights, layer.Weights, Grey);
        Assert.Equal((0, 0), (neurons.Displaced, neurons.Live));
        Assert.InRange(neurons.Structured, 0.005, 0.017);

        // Rows of another seed and another scale are displaced, but they are still noise.
        DenseLayer other = new(Grey.Size, 4000, new Identity());
        other.Draw(Initialization.He, RandomStream.Create(2, "init"));
        LiveNeurons redrawn = LiveNeurons.Of(layer.Weights, other.Weights, Grey);
        Assert.Equal(1, redrawn.Displaced);
        Assert.InRange(redrawn.Live, 0, 0.05);
    }

    [Fact]
    public void Rescaling_is_no_displacement_and_a_picture_is_alive()
    {
        DenseLayer layer = new(Grey.Size, 3, new Identity());
        layer.Draw(Initialization.Hebbian, RandomStream.Create(1, "init"));
        Matrix<float> final = layer.Weights.Clone();
        final.SetRow(0, final.Row(0) * 0.16f);
        final.SetRow(1, Vector<float>.Build.Dense(Grey.Size, i => i / 28 > 14 ? 1f : 0f));
        final.SetRow(2, final.Row(2) + Vector<float>.Build.Dense(Grey.Size, i => i == 300 ? 0.01f : 0f));
        LiveNeurons neurons = LiveNeurons.Of(layer.Weights, final, Grey);
        Assert.Equal(1.0 / 3, neurons.Displaced, 1e-12);
        Assert.Equal(1.0 / 3, neurons.Live, 1e-12);
    }

    [MnistFact]
    public void On_MNIST_nine_of_ten_neurons_of_the_competitive_rule_live_after_one_epoch_and_none_survives_shuffling()
    {
        DataSet mnist = IdxDataSet.Mnist.Load(RealData.Folder!);
        RunSpec spec = Toy.Rules["competitive"].Spec("mnist", [32], 1, []);
        Assert.InRange(Toy.Run(spec, mnist).Measures[MeasureNames.Neurons("live")], 0.9, 1);
        RunRecord shuffled = Toy.Run(spec with { Control = WeightControl.Shuffled }, mnist);
        Assert.InRange(shuffled.Measures[MeasureNames.Neurons("live")], 0, 0.05);
        Assert.Equal(1, shuffled.Measures[MeasureNames.Neurons("displaced")]);
    }
}
