using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.Perturbation;

/// <summary>
/// Weight perturbation: all weights and biases are moved at once by noise ξ from N(0, σ²), and then along it by how
/// much the mean loss of the batch fell, ΔW = −(L(W + ξ) − L(W)) ξ/σ². The mean over many draws is minus the gradient
/// as σ tends to 0.
/// </summary>
[LearningRule(
    "weight-perturbation",
    Summary = "all weights move along one common noise where it lowered the loss",
    Family = "perturbation",
    Source = "Jabri and Flower 1992; Werfel, Xie and Seung 2005, eq. 5",
    LearningRate = 0.0001,
    Initialization = Initialization.He
)]
public sealed class WeightPerturbation(PerturbationOptions options) : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random) => null;

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        FeedForwardNetwork network = step.Network;
        ForwardRecord clean = step.Forward,
            noisy = clean.Scratch("noisy");
        RandomStream random = step.Random["perturbation"];
        for (int l = 0; l < network.Layers.Count; l++)
        {
            // u = (W + ξ) n(x) + b + ξ_b; ξ is kept in the buffers of the change.
            LayerRecord record = noisy.Layers[l];
            LayerProposal noise = proposal.For(l);
            random.FillNormal(noise.Weights.AsColumnMajorArray(), options.Deviation);
            random.FillNormal(noise.Bias.AsArray(), options.Deviation);
            Matrix<float> input = l == 0 ? clean.Layers[0].Input : noisy.Layers[l - 1].Output,
                further = record.Scratch("further");
            network.Layers[l].Repeat(input, clean.Layers[l], record);
            noise.Weights.Multiply(record.Normalized, further);
            record.PreActivation.Add(further, record.PreActivation);
            float[] u = record.PreActivation.AsColumnMajorArray(),
                bias = noise.Bias.AsArray();
            for (int i = 0; i < u.Length; i++)
            {
                u[i] += bias[i % bias.Length];
            }

            network.Layers[l].Activation.Apply(record.PreActivation, record.Output);
        }

        double[] losses = new double[clean.Samples];
        OutputLoss.OfEach(network.Layers[^1], noisy.Layers[^1], step.Targets!, losses);
        double moved = losses.Average();
        OutputLoss.OfEach(network.Layers[^1], clean.Layers[^1], step.Targets!, losses);
        proposal.Loss = losses.Average();

        // ΔW = −(L̃ − L) ξ/σ²
        float scale = (float)((proposal.Loss.Value - moved) / (options.Deviation * options.Deviation));
        for (int l = 0; l < network.Layers.Count; l++)
        {
            LayerProposal change = proposal.For(l);
            change.Weights.Multiply(scale, change.Weights);
            change.Bias.Multiply(scale, change.Bias);
        }
    }
}
