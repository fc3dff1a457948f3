using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;
using Reproduction.Numerics;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// Propagates targets along random directions ("A Backpropagation Alternative"), from the output layer down. X̃ is the
/// layer's inputs with a constant 1 for the biases, D_k a block of k directions, and dY the targets minus the
/// pre-activations.
/// 1. Weights: S = X̃ᵀD_k, F from S and dY, W̃ ← W̃ + (D_k F)ᵀ.
/// 2. dY is computed anew with the new weights.
/// 3. Activations: for each sample S = W D_k, f from S and its dY, x′ = x + D_k f.
/// 4. The target of the layer below is x′ through the inverse of its activation.
/// </summary>
/// <remarks>
/// The text divides by ⟨w,d⟩ for the weights and by ⟨x,d⟩ for the activations. But ⟨x, w + fd⟩ = y + f⟨x,d⟩ and
/// ⟨x + fd, w⟩ = y + f⟨w,d⟩: the text exchanges the denominators. <see cref="Estimator.AsWritten"/> follows the text
/// literally, all other estimators follow the algebra. Errors are recomputed as if the whole proposal were applied,
/// that is, at a learning rate of 1.
/// </remarks>
[LearningRule(
    "target-propagation",
    Summary = "targets carried down along random directions; each layer solves for how far to move",
    Family = "target propagation",
    Source = "A Backpropagation Alternative (unpublished note)",
    Optimizer = OptimizerKind.Adamw,
    LearningRate = 0.003,
    Epochs = 3,
    Batch = 256,
    Activation = "leaky-relu:0.1",
    Output = "identity",
    Initialization = Initialization.He
)]
public sealed class TargetPropagation(TargetPropagationOptions options) : LearningRule<TargetPropagationState>
{
    /// <inheritdoc/>
    public override Supervision Supervision => Supervision.Target;

    /// <inheritdoc/>
    protected override TargetPropagationState CreateState(FeedForwardNetwork network, RandomStreams random)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (
            network.Layers.FirstOrDefault(layer => !layer.Activation.IsInvertible || !ReachesAll(layer.Activation)) is
            { } closed
        )
        {
            string lack = closed.Activation.IsInvertible
                ? "does not reach every number, as targets may be"
                : "has none";
            throw new ArgumentException(
                $"target-propagation needs activations with an inverse everywhere, {closed.Activation} "
                    + $"{lack}; invertible are: "
                    + $"{string.Join(", ", Activations.Invertible.Where(name => ReachesAll(Activations.Parse(name))))} "
                    + "(--activation, --output)"
            );
        }

        if (network.Layers.Any(layer => layer.Normalization != Normalization.None || layer.Dropout > 0))
        {
            throw new ArgumentException(
                "target-propagation has no inverse for normalisation or dropout; use --norm none and --dropout 0"
            );
        }

        return new TargetPropagationState { Blocks = [.. network.Layers.Select(_ => new List<float[]>())] };
    }

    /// <inheritdoc/>
    protected override void Propose(LearningStep step, TargetPropagationState state, Proposal proposal)
    {
        StepMemory memory = state.Memory;
        memory.Reset();
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        LayerRecord output = records[^1];
        Matrix<float> missing = OutputErrors(
            output.Output,
            step.Targets ?? throw new InvalidOperationException("Target propagation was handed no targets.")
        );
        proposal.Loss = missing.PointwiseMultiply(missing).ColumnSums().Sum() / 2 / records[^1].Columns;
        Matrix<float> target = Inverse(step.Network.Layers[^1].Activation, output.Output + missing);
        Factors weightFactors = new(options.Estimator, options.Gate, options.Ridge, memory) { IsWatched = true },
            activationFactors = new(options.Estimator, Gate.None, options.Ridge, memory);
        List<LayerStep> steps = [];
        for (int l = records.Count - 1; l >= 0; l--)
        {
            LayerRecord record = records[l];
            DenseLayer layer = step.Network.Layers[l];
            Matrix<float> inputs = WithOnes(record.Normalized, memory),
                weights = WithBiases(layer, memory),
                errors = memory.Difference(target, record.PreActivation);
            Matrix<float> block = Draw(state, l, inputs, errors, step.Random["direction"]);

            // ΔW̃ = (D_k F)ᵀ, with S = X̃ᵀD_k: a step of 1 along d changes neuron o's output on sample i by ⟨x_i,d⟩.
            Matrix<float> wanted = memory.Transpose(errors);
            Matrix<float> factors =
                options.Estimator == Estimator.AsWritten
                    ? weightFactors.AsWritten(memory.Transpose(memory.Product(weights, block)), wanted)
                    : weightFactors.Of(memory.ProductOfTranspose(inputs, block), wanted);
            Matrix<float> change = memory.Transpose(memory.Product(block, factors));
            change.Multiply((float)options.WeightDamping, change);
            LayerProposal proposed = proposal.For(l);
            WithoutBiases(change, proposed.Weights);
            change.Column(layer.Inputs).CopyTo(proposed.Bias);
            LayerStep made = new(
                l == records.Count - 1 ? "output" : $"hidden{l + 1}",
                layer,
                record,
                inputs,
                errors,
                block,
                change
            );
            if (l == 0)
            {
                steps.Add(made);
                break;
            }

            // x′ = x + D_k f for each sample, with S = W D_k: a step of 1 along d changes neuron o's output by ⟨w_o,d⟩.
            Matrix<float> updated = memory.Sum(weights, change),
                directions = memory.Take<float>(layer.Inputs, block.ColumnCount);
            directions.SetSubMatrix(0, 0, layer.Inputs, 0, 0, block.ColumnCount, block);
            errors = memory.Difference(target, memory.Product(updated, inputs));
            Matrix<float> distances =
                options.Estimator == Estimator.AsWritten
                    ? activationFactors.AsWritten(memory.ProductOfTranspose(directions, record.Normalized), errors)
                    : activationFactors.Of(memory.Product(WithoutBiases(updated, memory), directions), errors);
            Matrix<float> moved = memory.Product(directions, distances);
            moved.Multiply((float)options.ActivationDamping, moved);
            target = PreActivationTarget(step.Network.Layers[l - 1].Activation, records[l - 1], moved, memory);
            steps.Add(made with { Remaining = errors, Moved = moved });
        }

        proposal.Workings = new TargetPropagationWorkings(steps, options.ActivationPass);
        proposal.Note("damped", weightFactors.Damped + activationFactors.Damped);
        if (weightFactors.Disagreement is { } disagreement)
        {
            proposal.Note("disagreement", disagreement);
        }
    }

    /// <summary>Computes u′ for x′ = x + moved.</summary>
    private Matrix<float> PreActivationTarget(
        Activation activation,
        LayerRecord record,
        Matrix<float> moved,
        StepMemory memory
    )
    {
        if (options.ActivationPass == ActivationPass.Inverse)
        {
            return Inverse(activation, memory.Sum(record.Output, moved));
        }

        Matrix<float> scaled = memory.Take<float>(moved.RowCount, moved.ColumnCount);
        moved.CopyTo(scaled);
        activation.PullBack(record.PreActivation, record.Output, scaled);
        return memory.Sum(record.PreActivation, scaled);
    }

    /// <summary>X̃: the inputs, and a row of ones.</summary>
    private static Matrix<float> WithOnes(Matrix<float> inputs, StepMemory memory)
    {
        Matrix<float> all = memory.Take<float>(inputs.RowCount + 1, inputs.ColumnCount);
        all.SetSubMatrix(0, 0, inputs.RowCount, 0, 0, inputs.ColumnCount, inputs);
        for (int j = 0; j < all.ColumnCount; j++)
        {
            all[inputs.RowCount, j] = 1;
        }

        return all;
    }

    /// <summary>W̃: the weights, and the biases as a last column.</summary>
    private static Matrix<float> WithBiases(DenseLayer layer, StepMemory memory)
    {
        Matrix<float> all = memory.Take<float>(layer.Outputs, layer.Inputs + 1);
        layer.Weights.AsColumnMajorArray().CopyTo(all.AsColumnMajorArray(), 0);
        all.SetColumn(layer.Inputs, layer.Bias);
        return all;
    }

    /// <summary>All columns but the last.</summary>
    private static Matrix<float> WithoutBiases(Matrix<float> all, StepMemory memory)
    {
        Matrix<float> weights = memory.Take<float>(all.RowCount, all.ColumnCount - 1);
        WithoutBiases(all, weights);
        return weights;
    }

    private static void WithoutBiases(Matrix<float> all, Matrix<float> weights)
    {
        float[] values = weights.AsColumnMajorArray();
        all.AsColumnMajorArray().AsSpan(0, values.Length).CopyTo(values);
    }

    private static bool ReachesAll(Activation activation)
    {
        Matrix<float> far = Matrix<float>.Build.Dense(1, 2, [-1e3f, 1e3f]);
        return Inverse(activation, far).Enumerate().All(float.IsFinite);
    }

    private static Matrix<float> Inverse(Activation activation, Matrix<float> output)
    {
        Matrix<float> preActivation = Matrix<float>.Build.Dense(output.RowCount, output.ColumnCount);
        activation.Invert(output, preActivation);
        return preActivation;
    }

    private static bool IsOneHot(Matrix<float> targets) =>
        targets.RowCount > 1
        && targets.EnumerateColumns().All(column => column.All(value => value is 0f or 1f) && column.Sum() == 1f);

    private Matrix<float> Draw(
        TargetPropagationState state,
        int layer,
        Matrix<float> inputs,
        Matrix<float> errors,
        RandomStream random
    )
    {
        List<float[]> blocks = state.Blocks[layer];
        int dimension = inputs.RowCount;
        Matrix<float> block = DirectionBlock.Draw(
            options.Draw,
            options.Directions,
            inputs,
            errors,
            [.. blocks.Select(values => Matrix<float>.Build.Dense(dimension, values.Length / dimension, values))],
            random,
            state.Memory
        );
        if (options.Draw == DirectionDraw.Conjugate)
        {
            // Once the blocks span the space, no conjugate direction is left, so the list starts again.
            blocks.Add(block.ToColumnMajorArray());
            if (blocks.Sum(values => values.Length) >= dimension * dimension)
            {
                blocks.Clear();
            }
        }

        return block;
    }

    /// <summary>Computes y′ − y, the output's errors, outputs × samples.</summary>
    private Matrix<float> OutputErrors(Matrix<float> output, Matrix<float> targets)
    {
        switch (options.OutputTarget)
        {
            case OutputTarget.Gradient when IsOneHot(targets):
                Matrix<float> probabilities = Matrix<float>.Build.Dense(output.RowCount, output.ColumnCount);
                new Softmax().Apply(output, probabilities);
                return targets - probabilities;
            case OutputTarget.Margin when IsOneHot(targets):
                return Matrix<float>.Build.Dense(
                    output.RowCount,
                    output.ColumnCount,
                    (o, j) => targets[o, j] > 0 ? Math.Max(1 - output[o, j], 0) : Math.Min(-1 - output[o, j], 0)
                );
            default:
                return targets - output;
        }
    }
}

/// <summary>Options of <see cref="TargetPropagation"/>.</summary>
public sealed record TargetPropagationOptions
{
    [RuleOption("how the step along a direction is estimated from the batch's factors")]
    public Estimator Estimator { get; init; } = Estimator.LeastSquares;

    [RuleOption("directions per layer and step, at most as many as the layer's inputs", Minimum = 1, Maximum = 4096)]
    public int Directions { get; init; } = 256;

    [RuleOption("how directions are drawn")]
    public DirectionDraw Draw { get; init; } = DirectionDraw.Gaussian;

    [RuleOption("share of the computed weight step that is taken", Minimum = 0, Maximum = 1)]
    public double WeightDamping { get; init; } = 1;

    [RuleOption(
        "share of the computed activation step that becomes the target of the layer below",
        Minimum = 0,
        Maximum = 1
    )]
    public double ActivationDamping { get; init; } = 1;

    [RuleOption("how a target passes an activation on its way down")]
    public ActivationPass ActivationPass { get; init; } = ActivationPass.Slope;

    [RuleOption(
        "ridge of the least squares, as a share of the mean squared response of a direction",
        Minimum = 0,
        Maximum = 1
    )]
    public double Ridge { get; init; } = 1;

    [RuleOption("how the variance of the weight step's factors affects the step")]
    public Gate Gate { get; init; } = Gate.None;

    [RuleOption("target of the output layer")]
    public OutputTarget OutputTarget { get; init; } = OutputTarget.Gradient;
}

/// <summary>
/// The state of target propagation: the last blocks of directions of every layer. They are used when new directions are
/// drawn conjugate to them.
/// </summary>
public sealed class TargetPropagationState
{
    /// <summary>One list of blocks per layer, each block in column-major order.</summary>
    public required List<float[]>[] Blocks { get; init; }

    internal StepMemory Memory { get; } = new();
}

/// <summary>
/// How the step along a direction is estimated from the batch's factors f_i = dy_i/s_i, where s_i is the change of the
/// i-th output for a step of 1 along the direction.
/// </summary>
public enum Estimator
{
    /// <summary>
    /// f* = Σ dy_i s_i / Σ s_i², the exact line search of the squared error; for several directions at once,
    /// (SᵀS)⁻¹Sᵀdy.
    /// </summary>
    LeastSquares,

    /// <summary>The mean of f_i with the denominators that the algebra requires.</summary>
    Mean,

    /// <summary>The mean of f_i without the smallest and the largest tenth.</summary>
    Trimmed,

    /// <summary>The median of f_i.</summary>
    Median,

    /// <summary>
    /// The mean of f_i exactly as the text writes it, with the denominators of the weight step and the activation step
    /// exchanged.
    /// </summary>
    AsWritten,
}

/// <summary>How a block of directions in a layer's input space is drawn.</summary>
public enum DirectionDraw
{
    /// <summary>Independent N(0, 1) entries.</summary>
    Gaussian,

    /// <summary>Uniform on the unit sphere.</summary>
    Sphere,

    /// <summary>Independent entries ±1.</summary>
    Rademacher,

    /// <summary>An orthonormal block, drawn uniformly.</summary>
    Orthonormal,

    /// <summary>Random combinations of X·Eᵀ, the directions in which the batch's own errors pull.</summary>
    Data,

    /// <summary>Gaussian, made conjugate under the batch's XXᵀ to the blocks of earlier steps.</summary>
    Conjugate,
}

/// <summary>How the target x′ of a layer's output becomes a target u′ of its pre-activations u.</summary>
public enum ActivationPass
{
    /// <summary>
    /// u′ = f⁻¹(x′), as in the text: the gap between a unit of slope a and its target is divided by a.
    /// </summary>
    Inverse,

    /// <summary>
    /// u′ = u + f′(u)·(x′ − f(u)), a step down the gradient of ½‖x′ − f(u)‖²: the gap between a unit of slope a and its
    /// target is multiplied by a.
    /// </summary>
    Slope,
}

/// <summary>How the variance of a batch's factors affects the step.</summary>
public enum Gate
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>
    /// The step is multiplied by f̄²/(f̄² + var/N), so that little is left of a step on which the batch disagrees.
    /// </summary>
    Variance,
}

/// <summary>The target of the output layer.</summary>
public enum OutputTarget
{
    /// <summary>The target itself: one-hot for classes.</summary>
    Exact,

    /// <summary>
    /// The output moved down the gradient of its loss. For classes the loss is the cross-entropy of the softmax, giving
    /// y + (t − softmax(y)). For real numbers it is half the squared error, giving the target itself.
    /// </summary>
    Gradient,

    /// <summary>
    /// For classes, +1 for the sample's class and −1 for the others, with no error where the output is already beyond
    /// that. For real numbers, the target itself.
    /// </summary>
    Margin,
}
