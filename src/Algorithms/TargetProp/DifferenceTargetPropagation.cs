using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// Difference target propagation (Lee et al. 2015), the field's baseline. The output layer descends the loss. The
/// target of the last hidden layer is ĥ = h − η̂·∂ℓ/∂h; below it, ĥ_{l−1} = h_{l−1} − g_l(h_l) + g_l(ĥ_l). Layer l
/// descends ½‖f_l(h_{l−1}) − ĥ_l‖² by its own weights alone. Its inverse g_l descends ½‖g_l(f_l(h_{l−1} + ε)) −
/// (h_{l−1} + ε)‖².
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
    // Smaller probabilities count as this value in the reported loss, so that the loss stays finite.
    private const float SmallestProbability = 1e-30f;

    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    protected override DifferenceTargetPropagationState CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Layers.Any(layer => layer.Normalization != Normalization.None || layer.Dropout > 0)
            ? throw new ArgumentException(
                "difference-target-propagation has no inverse for normalisation or dropout; use --norm "
                    + "none and --dropout 0"
            )
            : new DifferenceTargetPropagationState
            {
                Inverses =
                [
                    .. network
                        .Layers.Take(network.HiddenLayers)
                        .Skip(1)
                        .Select(layer => LearnedInverse.Of(layer, random["inverse"])),
                ],
            };
    }

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, DifferenceTargetPropagationState state, Proposal proposal)
    {
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        int output = records.Count - 1,
            samples = records[^1].Columns;
        // δ is the negative gradient of the summed loss with respect to the output's pre-activations. The loss is
        // cross-entropy for a softmax output, else squared error.
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

        // ĥ − h = −η̂·∂ℓ/∂h for the last hidden layer; the layers below follow one by one.
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
        state.Memory.Reset();
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
                    options.InverseNoise,
                    state.Memory
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

/// <summary>Options of <see cref="DifferenceTargetPropagation"/>.</summary>
public sealed record DifferenceTargetPropagationOptions
{
    [RuleOption("whether the inverses learn from a batch before its targets are computed, or after")]
    public InverseSchedule Schedule { get; init; } = InverseSchedule.Alternating;

    [RuleOption(
        "η̂: step down the gradient of each sample's loss that sets the last hidden layer's target",
        Minimum = 0,
        IsMinimumExcluded = true
    )]
    public double TargetStep { get; init; } = 0.1;

    [RuleOption("learning rate of the inverses, which learn by SGD with momentum 0.9", Minimum = 0)]
    public double InverseRate { get; init; } = 0.01;

    [RuleOption("standard deviation of the noise ε with which the inverses learn", Minimum = 0)]
    public double InverseNoise { get; init; } = 0.1;
}

/// <summary>
/// The state of difference target propagation: the inverses of all layers between two hidden layers.
/// </summary>
public sealed class DifferenceTargetPropagationState
{
    /// <summary>The inverses, from the second layer to the last hidden layer.</summary>
    public List<LearnedInverse> Inverses { get; init; } = [];

    internal StepMemory Memory { get; } = new();
}

/// <summary>When the inverses learn (Bartunov et al. 2018).</summary>
public enum InverseSchedule
{
    /// <summary>The inverses learn from the batch first; the targets then come from the new inverses.</summary>
    Alternating,

    /// <summary>
    /// The targets come from the inverses before their update; layers and inverses learn from the batch at the same
    /// time.
    /// </summary>
    Parallel,
}
