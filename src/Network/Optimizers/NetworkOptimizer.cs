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
    private readonly WeightConstraint constraint;
    private readonly Optimizer[] weights;
    private readonly Optimizer[] biases;
    private readonly float[][] rowNorms;

    /// <param name="learningRate">A finite number ≥ 0.</param>
    public NetworkOptimizer(
        FeedForwardNetwork network,
        OptimizerKind kind,
        double learningRate,
        WeightConstraint constraint
    )
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(learningRate >= 0) || double.IsInfinity(learningRate))
        {
            throw new ArgumentOutOfRangeException(
                nameof(learningRate),
                learningRate,
                "A learning rate is a finite number of at least 0."
            );
        }

        this.network = network;
        this.constraint = constraint;
        weights = [.. network.Layers.Select(_ => Create(kind, learningRate))];
        biases = [.. network.Layers.Select(_ => Create(kind, learningRate))];
        rowNorms = [.. network.Layers.Select(layer => new float[layer.Outputs])];
    }

    public void Apply(Proposal proposal)
    {
        for (int l = 0; l < network.Layers.Count; l++)
        {
            if (proposal[l] is not { } change)
            {
                continue;
            }

            DenseLayer layer = network.Layers[l];
            if (constraint == WeightConstraint.UnitRows)
            {
                StepToUnitRows(
                    weights[l],
                    layer.Weights.AsColumnMajorArray(),
                    change.Weights.AsColumnMajorArray(),
                    rowNorms[l]
                );
            }
            else
            {
                weights[l].Step(layer.Weights.AsColumnMajorArray(), change.Weights.AsColumnMajorArray());
            }

            if (change.ChangesBias)
            {
                biases[l].Step(layer.Bias.AsArray(), change.Bias.AsArray());
            }
        }
    }

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

    private static Optimizer Create(OptimizerKind kind, double learningRate) =>
        kind switch
        {
            OptimizerKind.Sgd => new GradientDescent(learningRate),
            OptimizerKind.Momentum => new GradientDescent(learningRate, momentum: 0.9),
            OptimizerKind.Adamw => new AdamW(learningRate),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
}
