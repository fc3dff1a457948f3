using Gallery.ForwardForward;
using Gallery.Pepita;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Tests.Gallery;

/// <summary>Rules that replace the backward pass by further forward passes.</summary>
public sealed class ForwardOnlyTests
{
    [Fact]
    public void Pepita_learns_from_the_difference_of_two_forward_passes()
    {
        Rig rig = new(new Pepita(new PepitaOptions()), [5, 4, 3], "relu", samples: 6);
        Proposal proposal = rig.Propose();
        (Matrix<float> h, Matrix<float> y) = Pass(rig, rig.Input);
        Matrix<float> input = rig.Input + (rig.Parameters["projection"] * (y - rig.Targets));
        (Matrix<float> hAgain, Matrix<float> yAgain) = Pass(rig, input);
        Rig.AssertClose((h - hAgain) * input.Transpose() / -6, proposal[0]!.Weights, 1e-3);
        Rig.AssertClose((yAgain - rig.Targets) * hAgain.Transpose() / -6, proposal[1]!.Weights, 1e-5);
        Assert.False(proposal[0]!.ChangesBias);
        Assert.All(
            rig.Parameters["projection"].Enumerate(),
            value => Assert.InRange(MathF.Abs(value), 0, 0.05 * Math.Sqrt(6.0 / 5))
        );
    }

    [Fact]
    public void The_first_layer_descends_the_losses_of_true_and_of_wrong_labels()
    {
        // Two classes have one wrong label each, so nothing is left to chance; the peer loss has no exact gradient.
        ForwardForwardOptions options = new() { PeerLoss = 0, WeightDecay = 0 };
        Rig rig = new(new ForwardForward(options), [6, 4, 2], "relu", samples: 6, initialization: Initialization.He);
        Matrix<float> proposed = rig.Propose()[0]!.Weights.Clone();
        Matrix<float> numeric = Rig.Descent(rig.Network.Layers[0].Weights, () => rig.Propose().Loss!.Value, 1e-3f);
        Rig.AssertClose(numeric, proposed, 0.02);
    }

    [Fact]
    public void Classes_are_predicted_by_the_label_under_which_the_upper_layers_are_most_active()
    {
        Rig rig = new(new ForwardForward(new ForwardForwardOptions { LabelSize = 2 }), [6, 5, 4, 3], "relu");
        ForwardRecord record = rig.Network.CreateRecord(rig.Input.ColumnCount);
        Matrix<float> scores = Matrix<float>.Build.Dense(3, rig.Input.ColumnCount);
        rig.Inference.Score(rig.Input, record, scores);
        for (int label = 0; label < 3; label++)
        {
            for (int j = 0; j < rig.Input.ColumnCount; j++)
            {
                Vector<float> x = rig.Input.Column(j);
                for (int k = 0; k < 3; k++)
                {
                    x[k] = k == label ? 2f : 0f;
                }

                Vector<float> first = Layer(rig, 0, x),
                    second = Layer(rig, 1, first);
                Assert.Equal(second.PointwiseMultiply(second).Sum() / 4, scores[label, j], 1e-4f);
            }
        }
    }

    [Fact]
    public void Labels_find_no_place_where_there_are_fewer_inputs_than_classes()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            new Rig(new ForwardForward(new ForwardForwardOptions()), [2, 4, 3], "relu")
        );
        Assert.Contains("3 labels into the first of 2 inputs", refusal.Message, StringComparison.Ordinal);
    }

    private static Vector<float> Layer(Rig rig, int layer, Vector<float> input)
    {
        float size = MathF.Sqrt(input.PointwiseMultiply(input).Sum() / input.Count) + 1e-8f;
        DenseLayer own = rig.Network.Layers[layer];
        return ((own.Weights * (input / size)) + own.Bias).PointwiseMaximum(0f);
    }

    private static (Matrix<float> Hidden, Matrix<float> Output) Pass(Rig rig, Matrix<float> input)
    {
        ForwardRecord record = rig.Network.CreateRecord(input.ColumnCount);
        rig.Network.Forward(input, record);
        return (record.Layers[0].Output.Clone(), record.Output.Clone());
    }
}
