using MathNet.Numerics.LinearAlgebra;
using Reproduction.Network;

namespace Reproduction.Algorithms.TargetProp;

/// <summary>
/// Targets propagated along random directions ("A Backpropagation Alternative"). From the output layer down, with X̃
/// the layer's inputs and a constant 1 for
/// the biases, D_k a block of k directions, dY what the pre-activations lack of their target:
/// 1. weights: S = X̃ᵀD_k, F from S and dY, W̃ ← W̃ + (D_k F)ᵀ; 2. dY anew with the new weights; 3. activations: for
/// each sample S = W D_k,
/// f from S and its dY, x′ = x + D_k f; 4. the target of the layer below is x′ through the inverse of its activation.
/// </summary>
/// <remarks>
/// The text divides by ⟨w,d⟩ for the weights and by ⟨x,d⟩ for the activations. But ⟨x, w + fd⟩ = y + f⟨x,d⟩ and ⟨x +
/// fd, w⟩ = y + f⟨w,d⟩: the denominators are
/// exchanged. <see cref="Estimator.AsWritten"/> follows the letter, all others the algebra. Errors are recomputed as if
/// the proposal were applied whole, that is at a learning rate of 1.
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
    protected override TargetPropagationState CreateState(FeedForwardNetwork network)
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
        IReadOnlyList<LayerRecord> records = step.Forward.Layers;
        LayerRecord output = records[^1];
        Matrix<float> missing = OutputErrors(
            output.Output,
            step.Targets ?? throw new InvalidOperationException("Target propagation was handed no targets.")
        );
        proposal.Loss = missing.PointwiseMultiply(missing).ColumnSums().Sum() / 2 / step.Forward.Samples;
        Matrix<float> target = Inverse(step.Network.Layers[^1].Activation, output.Output + missing);
        Factors weightFactors = new(options.Estimator, options.Gate, options.Ridge) { IsWatched = true },
            activationFactors = new(options.Estimator, Gate.None, options.Ridge);
        List<LayerStep> steps = [];
        for (int l = records.Count - 1; l >= 0; l--)
        {
            LayerRecord record = records[l];
            DenseLayer layer = step.Network.Layers[l];
            Matrix<float> inputs = record.Normalized.Stack(Matrix<float>.Build.Dense(1, step.Forward.Samples, 1f)),
                errors = target - record.PreActivation;
            Matrix<float> weights = layer.Weights.Append(layer.Bias.ToColumnMatrix());
            Matrix<float> block = Draw(state.Blocks[l], inputs, errors, step);

            // ΔW̃ = (D_k F)ᵀ, with S = X̃ᵀD_k: the change of neuron o's output on sample i by a step of 1 along d is
            // ⟨x_i,d⟩.
            Matrix<float> factors =
                options.Estimator == Estimator.AsWritten
                    ? weightFactors.AsWritten((weights * block).Transpose(), errors.Transpose())
                    : weightFactors.Of(inputs.TransposeThisAndMultiply(block), errors.Transpose());
            Matrix<float> change = (block * factors).Transpose() * (float)options.WeightDamping;
            LayerProposal proposed = proposal.For(l);
            change.SubMatrix(0, layer.Outputs, 0, layer.Inputs).CopyTo(proposed.Weights);
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

            // x′ = x + D_k f for each sample, with S = W D_k: the change of neuron o's output by a step of 1 along d is
            // ⟨w_o,d⟩.
            Matrix<float> updated = weights + change,
                directions = block.SubMatrix(0, layer.Inputs, 0, block.ColumnCount);
            errors = target - (updated * inputs);
            Matrix<float> distances =
                options.Estimator == Estimator.AsWritten
                    ? activationFactors.AsWritten(directions.TransposeThisAndMultiply(record.Normalized), errors)
                    : activationFactors.Of(updated.SubMatrix(0, layer.Outputs, 0, layer.Inputs) * directions, errors);
            Matrix<float> moved = directions * distances * (float)options.ActivationDamping;
            target = PreActivationTarget(step.Network.Layers[l - 1].Activation, records[l - 1], moved);
            steps.Add(made with { Remaining = errors, Moved = moved });
        }

        Record(proposal, steps);
        proposal.Note("damped", weightFactors.Damped + activationFactors.Damped);
        if (weightFactors.Disagreement is { } disagreement)
        {
            proposal.Note("disagreement", disagreement);
        }
    }

    /// <summary>u′ for x′ = x + moved.</summary>
    private Matrix<float> PreActivationTarget(Activation activation, LayerRecord record, Matrix<float> moved)
    {
        if (options.ActivationPass == ActivationPass.Inverse)
        {
            return Inverse(activation, record.Output + moved);
        }

        Matrix<float> scaled = moved.Clone();
        activation.PullBack(record.PreActivation, record.Output, scaled);
        return record.PreActivation + scaled;
    }

    /// <param name="steps">From the output layer down.</param>
    private void Record(Proposal proposal, IReadOnlyList<LayerStep> steps)
    {
        switch (options.Record)
        {
            case Recording.Factors:
                FactorNotes.Add(proposal, steps);
                break;
            case Recording.Modes:
                ModeNotes.Add(proposal, steps[0]);
                break;
            case Recording.Expansion:
                ExpansionNotes.Add(proposal, steps[0]);
                break;
            case Recording.Targets:
                TargetNotes.Add(proposal, steps, options.ActivationPass);
                break;
        }
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

    private Matrix<float> Draw(List<float[]> blocks, Matrix<float> inputs, Matrix<float> errors, LearningStep step)
    {
        int dimension = inputs.RowCount;
        Matrix<float> block = DirectionBlock.Draw(
            options.Draw,
            options.Directions,
            inputs,
            errors,
            [.. blocks.Select(values => Matrix<float>.Build.Dense(dimension, values.Length / dimension, values))],
            step.Random["direction"]
        );
        if (options.Draw == DirectionDraw.Conjugate)
        {
            // Once the blocks span the space there is nothing left to be conjugate to: begin again.
            blocks.Add(block.ToColumnMajorArray());
            if (blocks.Sum(values => values.Length) >= dimension * dimension)
            {
                blocks.Clear();
            }
        }

        return block;
    }

    /// <summary>y′ − y.</summary>
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
