using System.Numerics.Tensors;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>
/// Applies a rule's proposals to a network. On each layer that the rule proposed to change, the optimizer takes its
/// step and then the constraint is enforced.
/// </summary>
public sealed class NetworkOptimizer
{
    private const int RowGranularity = 64;
    private const int ParallelThreshold = 1 << 17;

    private readonly FeedForwardNetwork network;
    private readonly RuleParameters parameters;
    private readonly OptimizedArray[] weights;
    private readonly OptimizedArray[] biases;
    private readonly OptimizedArray[] own;

    /// <param name="learningRate">A finite number ≥ 0.</param>
    public NetworkOptimizer(
        FeedForwardNetwork network,
        OptimizerKind kind,
        double learningRate,
        WeightConstraint constraint
    )
        : this(network, RuleParameters.None, _ => new OptimizerSettings(kind, learningRate, constraint)) { }

    /// <param name="parameters">The rule's own parameters. Each has the optimizer and the rate of the layer that it
    /// serves, or of the first layer if it serves all, and a constraint of its own.</param>
    /// <param name="settings">The settings of each layer, by its index.</param>
    /// <exception cref="ArgumentOutOfRangeException">A learning rate is no finite number of at least 0.</exception>
    public NetworkOptimizer(
        FeedForwardNetwork network,
        RuleParameters parameters,
        Func<int, OptimizerSettings> settings
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(settings);
        this.network = network;
        this.parameters = parameters;
        OptimizerSettings[] layers = [.. network.Layers.Select((_, layer) => settings(layer))];
        weights = [.. layers.Zip(network.Layers, (own, layer) => new OptimizedArray(own, layer.Outputs))];
        biases = [.. layers.Select(own => new OptimizedArray(own with { Constraint = WeightConstraint.None }, 1))];
        own =
        [
            .. parameters.Declarations.Select(declared => new OptimizedArray(
                layers[declared.Layer ?? 0] with
                {
                    Constraint = declared.Constraint,
                    LearningRate = layers[declared.Layer ?? 0].LearningRate * declared.RateFactor,
                },
                declared.Rows
            )),
        ];
    }

    /// <summary>Applies a proposal.</summary>
    /// <param name="share">What every learning rate is multiplied by in this step, ≥ 0.</param>
    public void Apply(Proposal proposal, double share = 1)
    {
        ArgumentNullException.ThrowIfNull(proposal);
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (proposal[l] is not { } change)
            {
                continue;
            }

            DenseLayer layer = network.Layers[l];
            weights[l].Step(layer.Weights.AsColumnMajorArray(), change.Weights.AsColumnMajorArray(), share);
            if (change.ChangesBias)
            {
                biases[l].Step(layer.Bias.AsArray(), change.Bias.AsArray(), share);
            }
        }

        for (int p = 0; p < own.Length; p++)
        {
            string name = parameters.Declarations[p].Name;
            if (proposal[name] is { } change)
            {
                own[p].Step(parameters[name].AsColumnMajorArray(), change.AsColumnMajorArray(), share);
            }
        }
    }

    private static Optimizer Create(OptimizerSettings settings) =>
        settings.LearningRate >= 0 && double.IsFinite(settings.LearningRate)
            ? settings.Kind switch
            {
                OptimizerKind.Sgd => new GradientDescent(settings.LearningRate),
                OptimizerKind.Momentum => new GradientDescent(settings.LearningRate, momentum: 0.9),
                OptimizerKind.Adamw => new AdamW(settings.LearningRate),
                _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Kind, null),
            }
            : throw new ArgumentOutOfRangeException(
                nameof(settings),
                settings.LearningRate,
                "A learning rate is a finite number of at least 0."
            );

    /// <summary>
    /// Takes the optimizer's step, then rescales each row: W_o ← W_o/‖W_o‖₂. The norms are computed in the same pass
    /// over memory as the step.
    /// </summary>
    private static void StepToUnitRows(Optimizer optimizer, float[] weights, float[] direction, float[] norms)
    {
        optimizer.Begin(weights.Length);
        ComputeThreads.ForRanges(
            norms.Length,
            RowGranularity,
            weights.Length >= ParallelThreshold,
            (optimizer, weights, direction, norms),
            static (work, start, end) =>
            {
                (Optimizer optimizer, float[] weights, float[] direction, float[] norms) = work;
                Span<float> own = norms.AsSpan(start, end - start);
                own.Clear();
                for (int column = start; column < weights.Length; column += norms.Length)
                {
                    Span<float> part = weights.AsSpan(column, own.Length);
                    optimizer.Move(part, direction.AsSpan(column, own.Length), column);
                    Rows.AddSquares(part, own);
                }

                foreach (ref float norm in own)
                {
                    // A row of zeros has no direction to keep, so it is left unchanged.
                    norm = norm == 0f ? 1f : 1f / MathF.Sqrt(norm);
                }

                for (int column = start; column < weights.Length; column += norms.Length)
                {
                    Span<float> part = weights.AsSpan(column, own.Length);
                    TensorPrimitives.Multiply(part, own, part);
                }
            }
        );
    }

    /// <summary>The optimizer and the constraint of one matrix or vector.</summary>
    private sealed class OptimizedArray(OptimizerSettings settings, int rows)
    {
        private readonly Optimizer optimizer = Create(settings);
        private readonly float[] norms = settings.Constraint == WeightConstraint.UnitRows ? new float[rows] : [];

        /// <summary>Takes the optimizer's step along the direction, then enforces the constraint.</summary>
        /// <param name="values">Rows × columns, in column-major order.</param>
        /// <param name="share">What the learning rate is multiplied by.</param>
        public void Step(float[] values, float[] direction, double share)
        {
            optimizer.LearningRate = settings.LearningRate * share;
            if (settings.Constraint == WeightConstraint.UnitRows)
            {
                StepToUnitRows(optimizer, values, direction, norms);
            }
            else
            {
                optimizer.Step(values, direction);
            }
        }
    }
}
