using System.Numerics.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Gallery.EquilibriumPropagation;

/// <summary>
/// Equilibrium propagation: the units of all layers, the output included, descend the energy
/// E = ½Σ‖s_l‖² − Σ s_lᵀ(W_l s_{l−1} + b_l) within [0, 1], with s_0 the input:
/// s_l ← clip(s_l + ε(W_l s_{l−1} + b_l + W_{l+1}ᵀ s_{l+1} − s_l), 0, 1). That free phase is the rule's inference. In a
/// second phase the output is pulled to its target as well, by β(t − s_L), for a few steps; then
/// ΔW_l = (s_l s_{l−1}ᵀ|_β − s_l s_{l−1}ᵀ|_0)/β and Δb_l likewise, averaged over the batch.
/// </summary>
[LearningRule(
    "equilibrium-propagation",
    Summary = "units settle to an equilibrium, freely and then pulled to the target; weights learn from the difference",
    Family = "energy-based",
    Source = "Scellier and Bengio 2017, eqs. 3, 8 and 23",
    LearningRate = 0.1,
    Batch = 20,
    Activation = "hard-sigmoid",
    Output = "hard-sigmoid",
    Initialization = Initialization.Xavier,
    NeedsClasses = true
)]
public sealed class EquilibriumPropagation(EquilibriumPropagationOptions options) : IInferringRule
{
    /// <inheritdoc/>
    public Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    public object? CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Layers.FirstOrDefault(layer => layer.Activation.Name != HardSigmoid.Id) is { } other)
        {
            throw new ArgumentException(
                $"clips its units to 0 and 1, they are no {other.Activation}; use --activation hard-sigmoid and "
                    + "--output hard-sigmoid"
            );
        }

        return network.Layers.Any(layer => layer.Normalization != Normalization.None)
            ? throw new ArgumentException("has no normalisation in its energy; use --norm none")
            : null;
    }

    /// <inheritdoc/>
    public void Settle(FeedForwardNetwork network, RuleParameters parameters, Matrix<float> input, ForwardRecord record)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(record);

        network.Layers[0].Forward(input, record.Layers[0], null);
        Matrix<float> drive = record.Layers[0].Scratch("input");
        record.Layers[0].PreActivation.CopyTo(drive);

        // The free phase begins at 0.
        foreach (LayerRecord layer in record.Layers)
        {
            layer.Output.Clear();
        }

        Descend(network, record, drive, options.FreeSteps, 0, null);
        for (int l = 1; l < network.Layers.Count; l++)
        {
            // Only what the layer is given is taken of the pass; the activity stays as it settled.
            Matrix<float> settled = record.Layers[l].Scratch("settled");
            record.Layers[l].Output.CopyTo(settled);
            network.Layers[l].Forward(record.Layers[l - 1].Output, record.Layers[l], null);
            settled.CopyTo(record.Layers[l].Output);
        }
    }

    /// <inheritdoc/>
    public void Propose(LearningStep step, Proposal proposal)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(proposal);
        FeedForwardNetwork network = step.Network;
        ForwardRecord free = step.Forward,
            pulled = free.Scratch("pulled");
        double beta =
            options.Beta
            * (options.HasRandomSign && step.Random["equilibrium-propagation"].NextBits() % 2 == 0 ? -1 : 1);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            free.Layers[l].Output.CopyTo(pulled.Layers[l].Output);
        }

        Descend(network, pulled, free.Layers[0].Scratch("input"), options.PulledSteps, beta, step.Targets);
        double loss = 0;
        for (int l = 0; l < network.Layers.Count; l++)
        {
            // ΔW = (s_l s_{l−1}ᵀ|_β − s_l s_{l−1}ᵀ|_0)/(β B); the input is the same in both phases.
            LayerProposal change = proposal.For(l);
            Matrix<float> below = l == 0 ? free.Layers[0].Input : free.Layers[l - 1].Output,
                belowPulled = l == 0 ? free.Layers[0].Input : pulled.Layers[l - 1].Output,
                own = free.Layers[l].Output,
                ownPulled = pulled.Layers[l].Output;
            float scale = (float)((l == network.Layers.Count - 1 ? options.OutputRate : 1) / (beta * own.ColumnCount));
            Matrix<float> product = own.TransposeAndMultiply(below);
            ownPulled.TransposeAndMultiply(belowPulled, change.Weights);
            change.Weights.Subtract(product, change.Weights);
            change.Weights.Multiply(scale, change.Weights);
            Matrix<float> moved = pulled.Layers[l].Scratch("moved");
            ownPulled.Subtract(own, moved);
            ColumnSum.Compute(moved, change.Bias.AsArray());
            change.Bias.Multiply(scale, change.Bias);
        }

        float[] y = free.Output.AsColumnMajorArray(),
            t = step.Targets!.AsColumnMajorArray();
        for (int i = 0; i < y.Length; i++)
        {
            loss += 0.5 * (t[i] - y[i]) * (t[i] - y[i]);
        }

        proposal.Loss = loss / free.Samples;
    }

    /// <summary>
    /// Moves all units at once: s_l ← clip(s_l + ε(W_l s_{l−1} + b_l + W_{l+1}ᵀ s_{l+1} − s_l), 0, 1), and at the
    /// output + εβ(t − s_L).
    /// </summary>
    /// <param name="drive">W_1 s_0 + b_1, which does not change.</param>
    private void Descend(
        FeedForwardNetwork network,
        ForwardRecord record,
        Matrix<float> drive,
        int steps,
        double beta,
        Matrix<float>? targets
    )
    {
        int output = network.Layers.Count - 1;
        float rate = (float)options.Rate;
        for (int i = 0; i < steps; i++)
        {
            for (int l = 0; l <= output; l++)
            {
                Matrix<float> pull = record.Layers[l].Scratch("pull"),
                    own = record.Layers[l].Output;
                if (l == 0)
                {
                    drive.CopyTo(pull);
                }
                else
                {
                    network.Layers[l].Weights.Multiply(record.Layers[l - 1].Output, pull);
                    AddBias(pull, network.Layers[l].Bias.AsArray());
                }

                if (l < output)
                {
                    Matrix<float> above = record.Layers[l].Scratch("above");
                    network.Layers[l + 1].Weights.TransposeThisAndMultiply(record.Layers[l + 1].Output, above);
                    pull.Add(above, pull);
                }
                else if (targets is not null)
                {
                    float[] p = pull.AsColumnMajorArray(),
                        t = targets.AsColumnMajorArray(),
                        s = own.AsColumnMajorArray();
                    for (int k = 0; k < p.Length; k++)
                    {
                        p[k] += (float)beta * (t[k] - s[k]);
                    }
                }

                pull.Subtract(own, pull);
            }

            foreach (LayerRecord layer in record.Layers)
            {
                float[] s = layer.Output.AsColumnMajorArray();
                TensorPrimitives.MultiplyAdd(layer.Scratch("pull").AsColumnMajorArray(), rate, s, s);
                TensorPrimitives.Clamp<float>(s, 0f, 1f, s);
            }
        }
    }

    private static void AddBias(Matrix<float> values, float[] bias)
    {
        float[] target = values.AsColumnMajorArray();
        for (int start = 0; start < target.Length; start += bias.Length)
        {
            Span<float> own = target.AsSpan(start, bias.Length);
            TensorPrimitives.Add(own, bias, own);
        }
    }
}

/// <summary>Options of <see cref="EquilibriumPropagation"/>.</summary>
public sealed record EquilibriumPropagationOptions
{
    [RuleOption("steps of the free phase", Minimum = 1, Maximum = 10_000)]
    public int FreeSteps { get; init; } = 20;

    [RuleOption("steps of the phase in which the output is pulled", Minimum = 1, Maximum = 10_000)]
    public int PulledSteps { get; init; } = 4;

    [RuleOption("ε, the size of a step", Minimum = 0, Maximum = 1, IsMinimumExcluded = true)]
    public double Rate { get; init; } = 0.5;

    [RuleOption("β, the strength of the pull", Minimum = 0, IsMinimumExcluded = true)]
    public double Beta { get; init; } = 0.5;

    [RuleOption("whether the sign of β is drawn for each batch, which takes away the first-order bias")]
    public bool HasRandomSign { get; init; } = true;

    [RuleOption("what the step of the output layer is multiplied by, which adamw takes back", Minimum = 0)]
    public double OutputRate { get; init; } = 0.5;
}
