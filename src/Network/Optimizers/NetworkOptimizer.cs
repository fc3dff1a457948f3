using MathNet.Numerics.LinearAlgebra;
using Reproduction.Numerics;

namespace Reproduction.Network;

/// <summary>Applies a rule's proposals to a network: the optimizer, then the constraint, on each layer the rule proposed to change.</summary>
public sealed class NetworkOptimizer
{
    private readonly FeedForwardNetwork network;
    private readonly WeightConstraint constraint;
    private readonly IOptimizer[] weights;
    private readonly IOptimizer[] biases;
    private readonly float[][] rowNorms;

    /// <param name="learningRate">A finite number ≥ 0.</param>
    public NetworkOptimizer(FeedForwardNetwork network, OptimizerKind kind, double learningRate, WeightConstraint constraint)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(learningRate >= 0) || double.IsInfinity(learningRate))
        {
            throw new ArgumentOutOfRangeException(nameof(learningRate), learningRate, "A learning rate is a finite number of at least 0.");
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
            weights[l].Step(layer.Weights.AsColumnMajorArray(), change.Weights.AsColumnMajorArray());
            if (change.ChangesBias)
            {
                biases[l].Step(layer.Bias.AsArray(), change.Bias.AsArray());
            }

            if (constraint == WeightConstraint.UnitRows)
            {
                RescaleToUnitRows(layer.Weights, rowNorms[l]);
            }
        }
    }

    private static void RescaleToUnitRows(Matrix<float> matrix, float[] norms)
    {
        RowNorms.Compute(matrix, norms);
        for (int o = 0; o < norms.Length; o++)
        {
            // A row of zeros has no direction to keep; it stays.
            norms[o] = norms[o] == 0f ? 1f : 1f / norms[o];
        }

        RowNorms.Scale(matrix, norms);
    }

    private static IOptimizer Create(OptimizerKind kind, double learningRate) => kind switch
    {
        OptimizerKind.Sgd => new GradientDescent(learningRate),
        OptimizerKind.Momentum => new GradientDescent(learningRate, momentum: 0.9),
        OptimizerKind.Adamw => new AdamW(learningRate),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
