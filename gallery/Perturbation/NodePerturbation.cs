using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.Perturbation;

/// <summary>
/// Node perturbation: noise ξ_l from N(0, σ²) is added to the pre-activations of every layer in a second pass, and each
/// unit moves along its own noise by how much the sample's loss fell, ΔW_l = −(L̃ − L) ξ_l x_lᵀ/σ², averaged over the
/// batch. The mean over many draws is minus the gradient as σ tends to 0.
/// </summary>
[LearningRule(
    "node-perturbation",
    Summary = "units move along their own noise where it lowered the loss",
    Family = "perturbation",
    Source = "Werfel, Xie and Seung 2005, eq. 7; Williams 1992",
    LearningRate = 0.001,
    Initialization = Initialization.He
)]
public sealed class NodePerturbation(PerturbationOptions options) : ILearningRule
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
        int samples = clean.Samples;
        Matrix<float> input = clean.Layers[0].Input;
        for (int l = 0; l < network.Layers.Count; l++)
        {
            LayerRecord record = noisy.Layers[l];
            Matrix<float> noise = record.Scratch("noise");
            step.Random["perturbation"].FillNormal(noise.AsColumnMajorArray(), options.Deviation);

            // ũ = W n(x̃) + b + ξ
            network.Layers[l].Repeat(l == 0 ? input : noisy.Layers[l - 1].Output, clean.Layers[l], record);
            record.PreActivation.Add(noise, record.PreActivation);
            network.Layers[l].Activation.Apply(record.PreActivation, record.Output);
        }

        Span<double> losses = new double[samples],
            moved = new double[samples];
        OutputLoss.OfEach(network.Layers[^1], clean.Layers[^1], step.Targets!, losses);
        OutputLoss.OfEach(network.Layers[^1], noisy.Layers[^1], step.Targets!, moved);
        double loss = 0;
        foreach (double own in losses)
        {
            loss += own / samples;
        }

        proposal.Loss = loss;
        double scale = 1 / (options.Deviation * options.Deviation * samples);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            // δ = −(L̃ − L) ξ/(σ² B), sample by sample
            Matrix<float> delta = noisy.Layers[l].Scratch("noise");
            int units = delta.RowCount;
            float[] values = delta.AsColumnMajorArray();
            for (int j = 0; j < samples; j++)
            {
                Span<float> column = values.AsSpan(j * units, units);
                TensorPrimitives.Multiply(column, (float)((losses[j] - moved[j]) * scale), column);
            }

            proposal.For(l).Set(delta, clean.Layers[l]);
        }
    }
}
