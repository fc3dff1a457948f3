using Gallery.Bcm;
using Gallery.LocalLosses;
using Gallery.SimilarityMatching;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Tests.Gallery;

/// <summary>Rules in which a layer learns from what it has itself.</summary>
public sealed class LocalRuleTests
{
    [Fact]
    public void Mono_forward_is_the_prediction_loss_under_another_name()
    {
        Rig one = new(new LocalLosses(new LocalLossesOptions { HeadRate = 0.5 }), [7, 6, 5, 3], "relu"),
            other = new(new MonoForward(new MonoForwardOptions { HeadRate = 0.5 }), [7, 6, 5, 3], "relu");
        foreach (Rig rig in new[] { one, other })
        {
            rig.Random["head"].FillNormal(rig.Parameters["head1"].AsColumnMajorArray(), 1);
            rig.Random["head"].FillNormal(rig.Parameters["head2"].AsColumnMajorArray(), 1);
        }

        Proposal first = one.Propose(),
            second = other.Propose();
        Assert.Equal(first[0]!.Weights, second[0]!.Weights);
        Assert.Equal(first[1]!.Weights, second[1]!.Weights);
        Assert.Equal(first["head1"], second["head1"]);
        Assert.Equal(first["head2"], second["head2"]);
    }

    [Theory]
    [InlineData(LocalLossKind.Pred)]
    [InlineData(LocalLossKind.Sim)]
    [InlineData(LocalLossKind.Predsim)]
    public void A_layer_descends_its_own_loss(LocalLossKind kind)
    {
        Rig rig = new(new LocalLosses(new LocalLossesOptions { Kind = kind }), [7, 6, 3], "tanh");
        if (kind != LocalLossKind.Sim)
        {
            rig.Random["head"].FillNormal(rig.Parameters["head1"].AsColumnMajorArray(), 1);
        }

        Proposal proposal = rig.Propose();
        Matrix<float> weights = proposal[0]!.Weights.Clone();
        Dictionary<string, Matrix<float>> own = rig.Parameters.Declarations.ToDictionary(
            declared => declared.Name,
            declared => proposal[declared.Name]!.Clone()
        );
        double Loss() => rig.Propose().Notes["localLoss"];
        Rig.AssertClose(Rig.Descent(rig.Network.Layers[0].Weights, Loss), weights, 5e-3);
        foreach ((string name, Matrix<float> change) in own)
        {
            Rig.AssertClose(Rig.Descent(rig.Parameters[name], Loss), change, 5e-3);
        }
    }

    [Fact]
    public void The_similarity_loss_of_samples_that_are_as_alike_as_their_labels_is_0()
    {
        Rig rig = new(
            new LocalLosses(new LocalLossesOptions { Kind = LocalLossKind.Sim }),
            [3, 3, 3],
            "identity",
            samples: 6
        );
        rig.Network.Layers[0].Weights.SetSubMatrix(0, 0, Matrix<float>.Build.DenseIdentity(3));
        rig.Network.Layers[0].Bias.Clear();
        rig.Parameters["map1"].SetSubMatrix(0, 0, Matrix<float>.Build.DenseIdentity(3));
        rig.Input = rig.Targets.Clone();
        Assert.Equal(0, rig.Propose().Notes["localLoss"], 1e-10);
    }

    [Fact]
    public void Bcm_moves_along_inputs_above_the_threshold_and_away_from_those_below()
    {
        Rig rig = new(new Bcm(new BcmOptions { ThresholdRate = 0.25 }), [4, 3, 3], "relu", samples: 5);
        rig.Propose();
        Matrix<float> y = Hidden(rig);
        double[] thresholds = [.. Enumerable.Range(0, 3).Select(o => y.Row(o).Average(v => (double)v * v))];
        rig.Input = rig.Input * 1.5f;
        y = Hidden(rig);
        Matrix<float> change = rig.Propose()[0]!.Weights;
        for (int o = 0; o < 3; o++)
        {
            double threshold = thresholds[o] + (0.25 * (y.Row(o).Average(v => (double)v * v) - thresholds[o]));
            for (int i = 0; i < 4; i++)
            {
                double expected = 0;
                for (int j = 0; j < 5; j++)
                {
                    expected += y[o, j] * (y[o, j] - threshold) * rig.Input[i, j] / 5;
                }

                Assert.Equal(expected, change[o, i], 1e-4);
            }
        }
    }

    [Fact]
    public void Linear_units_with_lateral_weights_settle_where_inhibition_balances_the_input()
    {
        Rig rig = new(new SimilarityMatching(new SimilarityMatchingOptions { Steps = 3_000 }), [6, 4, 3], "identity");
        Matrix<float> lateral = rig.Parameters["lateral1"];
        rig.Random["lateral"].FillNormal(lateral.AsColumnMajorArray(), 0.5);
        ((lateral * lateral.Transpose()) + Matrix<float>.Build.DenseIdentity(4)).CopyTo(lateral);
        Matrix<float> y = Hidden(rig),
            drive = rig.Network.Layers[0].Weights * rig.Input;
        for (int j = 0; j < drive.ColumnCount; j++)
        {
            drive.SetColumn(j, drive.Column(j) + rig.Network.Layers[0].Bias);
        }

        Rig.AssertClose(lateral.Inverse() * drive, y, 1e-3);
    }

    [Fact]
    public void What_is_probed_of_rectified_units_is_what_settled_and_not_the_forward_pass()
    {
        Rig rig = new(new SimilarityMatching(new SimilarityMatchingOptions()), [6, 5, 3], "relu");
        rig.Random["lateral"].FillNormal(rig.Parameters["lateral1"].AsColumnMajorArray(), 0.3);
        ForwardRecord settled = rig.Network.CreateRecord(rig.Input.ColumnCount),
            probed = rig.Network.CreateRecord(rig.Input.ColumnCount);
        rig.Inference.Settle(rig.Input, settled);
        Matrix<float> read = rig.Inference.HiddenOutput(rig.Input, probed, 1);
        Assert.Equal(0, (settled.Layers[0].Output - read).FrobeniusNorm());
        rig.Network.Forward(rig.Input, probed);
        Assert.True((settled.Layers[0].Output - probed.Layers[0].Output).FrobeniusNorm() > 0.1);
    }

    [Fact]
    public void Linear_units_with_lateral_weights_find_the_principal_subspace()
    {
        // Inputs of variance 4, 3, 2 in a rotated basis and .1 in the other directions.
        Rig rig = new(
            new SimilarityMatching(new SimilarityMatchingOptions { Steps = 60 }),
            [8, 3, 3],
            "identity",
            samples: 2_000
        );
        Matrix<float> basis = Matrix<float>.Build.Dense(8, 8);
        rig.Random["basis"].FillNormal(basis.AsColumnMajorArray(), 1);
        basis = basis.QR().Q;
        Matrix<float> sources = Matrix<float>.Build.Dense(8, 2_000);
        rig.Random["sources"].FillNormal(sources.AsColumnMajorArray(), 1);
        double[] deviations = [2, 1.7, 1.4, 0.3, 0.3, 0.3, 0.3, 0.3];
        for (int i = 0; i < 8; i++)
        {
            sources.SetRow(i, sources.Row(i) * (float)deviations[i]);
        }

        rig.Input = basis * sources;
        rig.Network.Layers[0].Bias.Clear();
        NetworkOptimizer optimizer = new(
            rig.Network,
            rig.Parameters,
            _ => new OptimizerSettings(OptimizerKind.Sgd, 0.05, WeightConstraint.None)
        );
        double before = Outside();
        for (int step = 0; step < 600; step++)
        {
            optimizer.Apply(rig.Propose());
        }

        Assert.True(before > 0.3, $"at the start {before}");
        Assert.InRange(Outside(), 0, 0.02);

        // The share of the filters M⁻¹W that lies outside of the three principal directions.
        double Outside()
        {
            Matrix<float> filters = rig.Parameters["lateral1"].Inverse() * rig.Network.Layers[0].Weights,
                within = filters * basis.SubMatrix(0, 8, 0, 3);
            return 1 - Math.Pow(within.FrobeniusNorm() / filters.FrobeniusNorm(), 2);
        }
    }

    private static Matrix<float> Hidden(Rig rig)
    {
        ForwardRecord record = rig.Network.CreateRecord(rig.Input.ColumnCount);
        return rig.Inference.HiddenOutput(rig.Input, record, 1).Clone();
    }
}
