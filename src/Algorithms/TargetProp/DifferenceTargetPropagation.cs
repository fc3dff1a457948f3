using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// Difference target propagation (Lee et al. 2015), the field's baseline. The output layer descends the loss; the last
/// hidden layer's target is ĥ = h − η̂·∂ℓ/∂h, and below
/// ĥ_{l−1} = h_{l−1} − g_l(h_l) + g_l(ĥ_l). Layer l descends ½‖f_l(h_{l−1}) − ĥ_l‖² by its own weights alone, its
/// inverse g_l
/// ½‖g_l(f_l(h_{l−1} + ε)) − (h_{l−1} + ε)‖².
/// </summary>
[LearningRule(
    "difference-target-propagation",
    Summary = "targets carried down by learned inverses, corrected by their own error",
    Family = "target propagation",
    Source = "Lee, Zhang, Fischer and Bengio 2015, arXiv 1412.7525",
    LearningRate = 0.001,
    Optimizer = OptimizerKind.Adamw,
    Activation = "tanh",
    Initialization = Initialization.Xavier
)]
public sealed class DifferenceTargetPropagation(DifferenceTargetPropagationOptions options)
    : LearningRule<DifferenceTargetPropagationState>
{
    // Below it a probability counts as this in the reported loss, which stays finite so.
    private const float SmallestProbability = 1e-30f;

    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    protected override DifferenceTargetPropagationState CreateState(FeedForwardNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Layers.Any(layer => layer.Normalization != Normalization.None || layer.Dropout > 0)
            ? throw new ArgumentException(
                "difference-target-propagation has no inverse for normalisation or dropout; use --norm "
                    + "none and --dropout 0"
            )
            : new DifferenceTargetPropagationState();
    }

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, DifferenceTargetPropagationState state, Proposal proposal)
    {
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        int output = records.Count - 1,
            samples = step.Forward.Samples;
        for (int l = 1; state.Inverses.Count < output - 1; l++)
        {
            state.Inverses.Add(LearnedInverse.Of(step.Network.Layers[l], step.Random["inverse"]));
        }

        // δ of the summed loss by the output's pre-activation: cross-entropy for a softmax, else squared error.
        Matrix<float> delta =
            (
                step.Targets
                ?? throw new InvalidOperationException("Difference target propagation was handed no targets.")
            ) - records[output].Output;
        bool isSoftmax = step.Network.Layers[output].Activation is Softmax;
        proposal.Loss =
            (
                isSoftmax
                    ? -step
                        .Targets.PointwiseMultiply(
                            records[output].Output.Map(y => MathF.Log(MathF.Max(y, SmallestProbability)))
                        )
                        .ColumnSums()
                        .Sum()
                    : delta.PointwiseMultiply(delta).ColumnSums().Sum() / 2
            ) / samples;
        if (!isSoftmax)
        {
            step.Network.Layers[output]
                .Activation.PullBack(records[output].PreActivation, records[output].Output, delta);
        }

        Write(proposal.For(output), delta, records[output].Input, samples);
        if (output == 0)
        {
            return;
        }

        if (options.Schedule == InverseSchedule.Alternating)
        {
            LearnInverses(step, state, proposal);
        }

        // ĥ − h of the last hidden layer, −η̂·∂ℓ/∂h; then layer by layer down.
        Matrix<float> difference =
            step.Network.Layers[output].Weights.TransposeThisAndMultiply(delta) * (float)options.TargetStep;
        for (int l = output - 1; l >= 0; l--)
        {
            LayerRecord record = records[l];
            Matrix<float> own = difference.Clone();
            step.Network.Layers[l].Activation.PullBack(record.PreActivation, record.Output, own);
            Write(proposal.For(l), own, record.Input, samples);
            if (l > 0)
            {
                Activation below = step.Network.Layers[l - 1].Activation;
                difference =
                    state.Inverses[l - 1].Apply(record.Output + difference, below)
                    - state.Inverses[l - 1].Apply(record.Output, below);
            }
        }

        if (options.Schedule == InverseSchedule.Parallel)
        {
            LearnInverses(step, state, proposal);
        }
    }

    private static void Write(LayerProposal change, Matrix<float> delta, Matrix<float> input, int samples)
    {
        delta.TransposeAndMultiply(input, change.Weights);
        change.Weights.Divide(samples, change.Weights);
        ColumnSum.Compute(delta, change.Bias.AsArray());
        change.Bias.Divide(samples, change.Bias);
    }

    private void LearnInverses(LearningStep step, DifferenceTargetPropagationState state, Proposal proposal)
    {
        double loss = 0;
        for (int l = 1; l <= state.Inverses.Count; l++)
        {
            Matrix<float> below = step.Forward.Layers[l - 1].Output,
                above = Matrix<float>.Build.Dense(step.Network.Layers[l].Outputs, below.ColumnCount);
            Matrix<float> shaken =
                below
                + DirectionBlock.Normals(
                    below.RowCount,
                    below.ColumnCount,
                    step.Random["inverse-noise"],
                    options.InverseNoise
                );
            Matrix<float> preActivation = step.Network.Layers[l].Weights * shaken;
            for (int j = 0; j < preActivation.ColumnCount; j++)
            {
                preActivation.SetColumn(j, preActivation.Column(j) + step.Network.Layers[l].Bias);
            }

            step.Network.Layers[l].Activation.Apply(preActivation, above);
            loss += state
                .Inverses[l - 1]
                .Learn(above, shaken, step.Network.Layers[l - 1].Activation, options.InverseRate);
        }

        proposal.Note("inverseLoss", loss);
    }
}
