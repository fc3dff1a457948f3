using Gallery.EquilibriumPropagation;
using Gallery.PredictiveCoding;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Tests.Gallery;

/// <summary>Rules whose units descend an energy, and the limits in which they become gradients.</summary>
public sealed class EnergyTests
{
    [Fact]
    public void Predictive_coding_tends_to_backpropagation_as_the_output_varies_more()
    {
        double[] cosines =
        [
            .. new[] { 0.1, 1.0, 1000.0 }.Select(variance =>
            {
                Rig rig = new(
                    new PredictiveCoding(new PredictiveCodingOptions { OutputVariance = variance, Steps = 400 }),
                    [7, 6, 5, 3],
                    "tanh"
                );
                return Rig.Cosine(rig.Propose()[0]!.Weights, rig.Backpropagated(0));
            }),
        ];
        Assert.InRange(cosines[2], 0.999, 1);
        Assert.True(cosines[0] < cosines[1] && cosines[1] < cosines[2], string.Join(", ", cosines));
    }

    [Fact]
    public void Settled_predictive_coding_descends_its_energy_in_the_weights()
    {
        // At the minimum over the units, the derivative of the minimal energy is the partial one: the proposal.
        PredictiveCodingOptions options = new() { Steps = 4_000, Rate = 0.2 };
        Rig rig = new(new PredictiveCoding(options), [4, 3, 3], "tanh", samples: 6);
        Matrix<float> proposed = rig.Propose()[0]!.Weights.Clone();
        Matrix<float> numeric = Rig.Descent(
            rig.Network.Layers[0].Weights,
            () => rig.Propose().Notes["energy"],
            step: 0.05f
        );
        Rig.AssertClose(numeric, proposed, 0.02);
    }

    [Fact]
    public void Equilibrium_propagation_tends_to_the_gradient_of_the_loss_at_the_equilibrium()
    {
        EquilibriumPropagationOptions options = new()
        {
            FreeSteps = 2_000,
            PulledSteps = 2_000,
            Beta = 0.004,
            OutputRate = 1,
            Rate = 0.2,
        };

        // Inputs of one sign keep the units away from the corners of the hard sigmoid.
        Rig rig = new(
            new EquilibriumPropagation(options),
            [5, 4, 3],
            "hard-sigmoid",
            "hard-sigmoid",
            samples: 6,
            inputSize: 0.1
        );
        foreach (DenseLayer layer in rig.Network.Layers)
        {
            layer.Bias.AsArray().AsSpan().Fill(0.5f);
            layer.Weights.Multiply(0.5f, layer.Weights);
        }

        Proposal proposal = rig.Propose();
        ForwardRecord record = rig.Network.CreateRecord(rig.Input.ColumnCount);
        for (int l = 0; l < 2; l++)
        {
            Matrix<float> numeric = Rig.Descent(
                rig.Network.Layers[l].Weights,
                () =>
                {
                    rig.Inference.Settle(rig.Input, record);
                    return (rig.Targets - record.Output).Enumerate().Sum(miss => 0.5 * miss * miss)
                        / rig.Input.ColumnCount;
                },
                step: 0.02f
            );
            Assert.InRange(Rig.Cosine(numeric, proposal[l]!.Weights), 0.999, 1);
            Assert.InRange(proposal[l]!.Weights.FrobeniusNorm() / numeric.FrobeniusNorm(), 0.95, 1.05);
        }
    }

    [Fact]
    public void The_free_phase_ends_where_the_energy_no_longer_falls()
    {
        Rig rig = new(
            new EquilibriumPropagation(new EquilibriumPropagationOptions { FreeSteps = 2_000 }),
            [5, 4, 3],
            "hard-sigmoid",
            "hard-sigmoid"
        );
        ForwardRecord record = rig.Network.CreateRecord(rig.Input.ColumnCount);
        rig.Inference.Settle(rig.Input, record);
        Matrix<float> hidden = record.Layers[0].Output,
            pull =
                (rig.Network.Layers[0].Weights * rig.Input)
                + (rig.Network.Layers[1].Weights.Transpose() * record.Output);
        for (int j = 0; j < hidden.ColumnCount; j++)
        {
            for (int i = 0; i < hidden.RowCount; i++)
            {
                Assert.Equal(Math.Clamp(pull[i, j] + rig.Network.Layers[0].Bias[i], 0, 1), hidden[i, j], 1e-4f);
            }
        }
    }
}
