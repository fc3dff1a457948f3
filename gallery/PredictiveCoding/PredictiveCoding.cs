using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.PredictiveCoding;

/// <summary>
/// Predictive coding: with input and target clamped, the pre-activations u_l of the hidden layers descend the energy
/// F = ½Σ‖e_l‖² + L/σ², e_l = u_l − (W_l f(u_{l−1}) + b_l), by Δu_l = β(−e_l + f′(u_l) ⊙ W_{l+1}ᵀ e_{l+1}); at the
/// output e_L = −∂L/∂μ_L/σ². β is halved when the energy rises. Then ΔW_l = e_l f(u_{l−1})ᵀ, Δb_l = Σ e_l, averaged
/// over the batch. Without a target, nothing pulls the units from their predictions, so classes are predicted by the
/// forward pass.
/// </summary>
[LearningRule(
    "predictive-coding",
    Summary = "units settle between what lies below predicts and what the target above asks for",
    Family = "energy-based",
    Source = "Whittington and Bogacz 2017, eqs. 2.7, 2.17 and 2.19",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Activation = "tanh",
    Initialization = Initialization.Xavier
)]
public sealed class PredictiveCoding(PredictiveCodingOptions options) : ILearningRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Layers.Any(layer => layer.Normalization != Normalization.None || layer.Dropout > 0)
            ? throw new ArgumentException("has no normalisation or dropout in its energy; use --norm none --dropout 0")
            : null;
    }

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        FeedForwardNetwork network = step.Network;
        ForwardRecord forward = step.Forward,
            now = forward.Scratch("settled");
        int output = network.Layers.Count - 1;
        Matrix<float>[] units = [.. now.Layers.Select(record => record.Scratch("units"))],
            errors = [.. now.Layers.Select(record => record.Scratch("errors"))];
        for (int l = 0; l < output; l++)
        {
            forward.Layers[l].PreActivation.CopyTo(units[l]);
        }

        double energy = Predict(step, now, units, errors, out double loss),
            rate = options.Rate;
        proposal.Loss = loss;
        for (int i = 0; i < options.Steps && output > 0; i++)
        {
            Move(network, now, units, errors, (float)rate);
            double next = Predict(step, now, units, errors, out loss);
            rate = next > energy ? rate / 2 : rate;
            energy = next;
        }

        proposal.Note("energy", energy);
        for (int l = 0; l <= output; l++)
        {
            // ΔW = e f(u below)ᵀ/B, Δb = Σ e/B
            errors[l].Multiply(1f / forward.Layers[l].Columns, errors[l]);
            proposal.For(l).Set(errors[l], now.Layers[l]);
        }
    }

    /// <summary>
    /// Computes the activity f(u_l) of the settled units, their errors e_l and the energy, averaged over the batch.
    /// </summary>
    private double Predict(
        LearningStep step,
        ForwardRecord now,
        Matrix<float>[] units,
        Matrix<float>[] errors,
        out double loss
    )
    {
        FeedForwardNetwork network = step.Network;
        int output = network.Layers.Count - 1;
        double energy = 0;
        for (int l = 0; l <= output; l++)
        {
            LayerRecord record = now.Layers[l];

            // record.PreActivation is μ_l = W_l f(u_{l−1}) + b_l.
            network.Layers[l].Forward(l == 0 ? step.Forward.Layers[0].Input : now.Layers[l - 1].Output, record, null);
            if (l < output)
            {
                units[l].Subtract(record.PreActivation, errors[l]);
                float[] e = errors[l].AsColumnMajorArray();
                energy += Sums.OfSquares(e) / (2.0 * record.Columns);
                network.Layers[l].Activation.Apply(units[l], record.Output);
            }
        }

        LayerRecord top = now.Layers[output];
        loss = OutputLoss.Descend(network.Layers[output], top, step.Targets!, errors[output]);
        errors[output].Multiply((float)(top.Columns / options.OutputVariance), errors[output]);
        return energy + (loss / options.OutputVariance);
    }

    /// <summary>Δu_l = β(−e_l + f′(u_l) ⊙ W_{l+1}ᵀ e_{l+1}), all hidden layers at once.</summary>
    private static void Move(
        FeedForwardNetwork network,
        ForwardRecord now,
        Matrix<float>[] units,
        Matrix<float>[] errors,
        float rate
    )
    {
        for (int l = 0; l < network.HiddenLayers; l++)
        {
            Matrix<float> pull = now.Layers[l].Scratch("pull");
            network.Layers[l + 1].Weights.TransposeThisAndMultiply(errors[l + 1], pull);
            network.Layers[l].Activation.PullBack(units[l], now.Layers[l].Output, pull);
            pull.Subtract(errors[l], pull);
            float[] u = units[l].AsColumnMajorArray();
            TensorPrimitives.MultiplyAdd(pull.AsColumnMajorArray(), rate, u, u);
        }
    }
}

/// <summary>Options of <see cref="PredictiveCoding"/>.</summary>
public sealed record PredictiveCodingOptions
{
    [RuleOption("steps of inference with the target clamped", Minimum = 0, Maximum = 10_000)]
    public int Steps { get; init; } = 20;

    [RuleOption("β, rate of inference at its beginning", Minimum = 0, Maximum = 1)]
    public double Rate { get; init; } = 0.1;

    [RuleOption(
        "σ², variance of the output; the larger it is, the nearer the rule comes to backpropagation",
        Minimum = 0,
        IsMinimumExcluded = true
    )]
    public double OutputVariance { get; init; } = 1;
}
