using MathNet.Numerics.LinearAlgebra;
using Reproduction.Data;
using Reproduction.Evaluation.Records;
using Reproduction.Evaluation.Training;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Tests.Evaluation;

public class BaselineTests
{
    [Fact]
    public void Shuffling_permutes_each_neurons_weights_and_keeps_them()
    {
        (FeedForwardNetwork network, Matrix<float> before) = Network();
        WeightControl.Parse("shuffled").Apply(network, Initialization.He, scale: 1, RandomStream.Create(1, "control"));
        Matrix<float> after = network.Layers[0].Weights;
        for (int neuron = 0; neuron < 10; neuron++)
        {
            Assert.NotEqual(before.Row(neuron), after.Row(neuron));
            Assert.Equal(before.Row(neuron).Order(), after.Row(neuron).Order());
        }

        // Each neuron has its own permutation, so two rows that were equal no longer are.
        Assert.NotEqual(after.Row(8), after.Row(9));
    }

    [Theory]
    [InlineData("reinit:0", 0)]
    [InlineData("reinit:0.3", 3)]
    [InlineData("reinit:1", 10)]
    [InlineData("none", 0)]
    public void Reinitialising_draws_the_first_neurons_anew_and_leaves_the_others(string control, int count)
    {
        (FeedForwardNetwork network, Matrix<float> before) = Network();
        Vector<float> output = network.Layers[1].Weights.Row(0);
        WeightControl.Parse(control).Apply(network, Initialization.He, scale: 1, RandomStream.Create(1, "control"));
        for (int neuron = 0; neuron < 10; neuron++)
        {
            Assert.Equal(neuron >= count, before.Row(neuron).Equals(network.Layers[0].Weights.Row(neuron)));
        }

        Assert.Equal(output, network.Layers[1].Weights.Row(0));
    }

    [Theory]
    [InlineData("reinit")]
    [InlineData("reinit:1.5")]
    [InlineData("reinit:x")]
    [InlineData("nonsense")]
    public void Other_controls_are_refused_with_what_there_is(string control) =>
        Assert.Contains(
            "none, shuffled or reinit:P",
            Assert.Throws<SpecificationException>(() => WeightControl.Parse(control)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Drawing_all_neurons_anew_gives_random_projections_and_none_the_trained_network()
    {
        RunSpec spec = Toy.Spec("competitive", "ridge");
        Assert.Equal(
            Toy.Run(spec).Measures["probes.ridge.testAccuracy"],
            Toy.Run(spec with { Control = "reinit:0" }).Measures["probes.ridge.testAccuracy"]
        );
        Assert.Equal(5.97, Toy.Run(spec with { Control = "reinit:1" }).Measures[MeasureNames.Neurons("rowNorm")], 1.0);
        Assert.Equal(1, Toy.Run(spec).Measures[MeasureNames.Neurons("rowNorm")], 1e-4);
    }

    [Fact]
    public void PCA_finds_the_directions_of_largest_variance_in_order()
    {
        RunSpec spec = Toy.Rules["pca"].Spec("toy", [14], 1, []) with { Snapshots = 14 };
        Assert.Equal((0, 1.0, "identity"), (spec.Batch, spec.LearningRate, spec.Activation));
        WeightSnapshot weights = Toy.Run(spec).Snapshots["end"];
        Matrix<double> inputs = Toy.Set.Training.Examples.Inputs.Map(value => (double)value);
        Matrix<double> centred = inputs.MapIndexed((i, _, value) => value - (inputs.Row(i).Sum() / inputs.ColumnCount));
        double last = double.PositiveInfinity;
        for (int neuron = 0; neuron < Toy.Features; neuron++)
        {
            Vector<double> component = Vector<double>.Build.Dense([
                .. weights.Row(neuron).Select(weight => (double)weight),
            ]);
            double variance = Math.Pow((component * centred).L2Norm(), 2);
            Assert.Equal(1, component.L2Norm(), 1e-5);
            Assert.True(variance <= last);
            last = variance;

            // Each row is an eigenvector: the covariance only scales it.
            Assert.Equal(
                0,
                ((centred * (centred.Transpose() * component)) - (variance * component)).L2Norm() / variance,
                1e-4
            );
        }

        // Twelve inputs have twelve components, so the other two of the fourteen neurons are silent.
        Assert.All(weights.Row(12).Concat(weights.Row(13)), weight => Assert.Equal(0, weight, 1e-6f));
    }

    [Fact]
    public void PCA_has_no_components_beyond_the_rank_of_its_inputs()
    {
        // Eight samples have a rank of seven once their mean is taken away; one input that is another's double takes
        // none of it. Of all samples, eleven inputs are left of twelve.
        DataSet Doubled(int count)
        {
            Examples all = Toy.Set.Training.Examples;
            Matrix<float> inputs = all.Inputs.SubMatrix(0, Toy.Features, 0, count);
            inputs.SetRow(3, 2 * inputs.Row(5));
            return Toy.Set with { Training = new TrainingSplit(new Examples(inputs, all.Labels[..count], 3)) };
        }

        int Rank(int count)
        {
            RunSpec spec = Toy.Rules["pca"].Spec("toy", [Toy.Features], 1, []) with { Snapshots = Toy.Features };
            WeightSnapshot weights = Toy.Run(spec, Doubled(count)).Snapshots["end"];
            double[] norms =
            [
                .. Enumerable.Range(0, Toy.Features).Select(i => Math.Sqrt(weights.Row(i).Sum(w => (double)w * w))),
            ];
            Assert.All(norms, norm => Assert.True(norm == 0 || Math.Abs(norm - 1) < 1e-5));
            Assert.Equal(norms.OrderByDescending(norm => norm > 0), norms);
            return norms.Count(norm => norm > 0);
        }

        Assert.Equal((7, 11), (Rank(8), Rank(600)));
    }

    private static (FeedForwardNetwork Network, Matrix<float> Before) Network()
    {
        FeedForwardNetwork network = new([
            new DenseLayer(20, 10, PiecewiseLinear.Relu),
            new DenseLayer(10, 3, new Softmax()),
        ]);
        network.Draw(Initialization.Hebbian, RandomStream.Create(9, "init"));
        network.Layers[0].Weights.SetRow(9, network.Layers[0].Weights.Row(8));
        return (network, network.Layers[0].Weights.Clone());
    }
}
