using Gallery.Perturbation;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Tests.Gallery;

/// <summary>The mean of a perturbation's steps over many draws is minus the gradient.</summary>
public sealed class PerturbationTests
{
    private static readonly PerturbationOptions Options = new() { Deviation = 1e-2 };

    [Fact]
    public void The_mean_of_node_perturbation_is_the_gradient() => IsGradient(new NodePerturbation(Options), 4_000);

    [Fact]
    public void The_mean_of_weight_perturbation_is_the_gradient() =>
        IsGradient(new WeightPerturbation(Options), 20_000);

    private static void IsGradient(ILearningRule rule, int draws)
    {
        Rig rig = new(rule, [5, 4, 3], "tanh");
        Matrix<float>[] sums = [.. rig.Network.Layers.Select(layer => layer.Weights * 0)];
        Vector<float> biases = rig.Network.Layers[0].Bias * 0;
        for (int draw = 0; draw < draws; draw++)
        {
            Proposal proposal = rig.Propose();
            biases += proposal[0]!.Bias / draws;
            for (int l = 0; l < sums.Length; l++)
            {
                sums[l] += proposal[l]!.Weights / draws;
            }
        }

        for (int l = 0; l < sums.Length; l++)
        {
            Matrix<float> gradient = rig.Backpropagated(l);
            Assert.InRange(Rig.Cosine(gradient, sums[l]), 0.98, 1);
            Assert.InRange(sums[l].FrobeniusNorm() / gradient.FrobeniusNorm(), 0.9, 1.1);
        }

        ForwardRecord record = rig.Network.CreateRecord(rig.Input.ColumnCount);
        double Loss()
        {
            rig.Network.Forward(rig.Input, record);
            return OutputLoss.Descend(
                rig.Network.Layers[^1],
                record.Layers[^1],
                rig.Targets,
                record.Layers[^1].Scratch("descent")
            );
        }

        Matrix<float> bias = Matrix<float>.Build.Dense(rig.Network.Layers[0].Outputs, 1);
        float[] values = rig.Network.Layers[0].Bias.AsArray();
        for (int i = 0; i < values.Length; i++)
        {
            float old = values[i];
            values[i] = old + 1e-2f;
            double above = Loss();
            values[i] = old - 1e-2f;
            bias[i, 0] = (float)((Loss() - above) / 2e-2);
            values[i] = old;
        }

        Assert.InRange(Rig.Cosine(bias, biases.ToColumnMatrix()), 0.97, 1);
    }
}
